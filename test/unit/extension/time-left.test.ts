import { describe, expect, it } from "vitest";
import { roughly } from "../../../extension/wizard/time-left.ts";

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
