import { describe, expect, it } from "vitest";
import { roughly, type Sample, secondsLeft, withSample } from "../../../extension/wizard/time-left.ts";

const steady = (perSecond: number, seconds: number): Sample[] =>
  Array.from({ length: seconds + 1 }, (_, second) => ({ at: second * 1000, done: second * perSecond }));

describe("the time left", () => {
  it("follows the pace", () => {
    expect(secondsLeft(steady(50, 4), 1200)).toBeCloseTo(20);
  });
  it("says nothing before there is a pace, while nothing moves, and while the total is not known", () => {
    expect(secondsLeft([], 100)).toBeUndefined();
    expect(secondsLeft(steady(50, 1), 1200)).toBeUndefined();
    expect(secondsLeft(steady(0, 10), 1200)).toBeUndefined();
    expect(secondsLeft(steady(50, 10), 0)).toBeUndefined();
  });
  it("is nothing at the end, even where JumpCloud listed more than it said", () => {
    expect(secondsLeft(steady(50, 4), 150)).toBe(0);
  });
  it("forgets how it went long ago", () => {
    const stalled = { at: 0, done: 10 };
    const samples = [20_000, 22_000].reduce((kept, at) => withSample(kept, { at, done: at / 20 }), [stalled]);
    expect(samples).not.toContain(stalled);
    expect(secondsLeft(samples, 1600)).toBeCloseTo(10);
  });
  it("begins anew when the count falls back, as after a restart", () => {
    expect(withSample([{ at: 0, done: 500 }], { at: 1000, done: 100 })).toEqual([{ at: 1000, done: 100 }]);
  });
});

describe("the time left in words", () => {
  it.each([
    [0.4, { unit: "seconds", amount: 5 }],
    [17, { unit: "seconds", amount: 20 }],
    [55, { unit: "seconds", amount: 55 }],
    [56, { unit: "minutes", amount: 1 }],
    [61, { unit: "minutes", amount: 2 }],
  ])("%d s", (seconds, words) => {
    expect(roughly(seconds)).toEqual(words);
  });
});
