import { expect, test } from "vitest";
import { secondsLeft } from "../../../worker/sync/pace.ts";

const from = { done: 200, atMs: 10_000 };

test.each<[string, { done: number; atMs: number }, number, number | undefined]>([
  ["as long again for as much again", { done: 700, atMs: 20_000 }, 1200, 10],
  ["a whole second for what is left of one", { done: 700, atMs: 20_000 }, 701, 1],
  ["nothing where all is done", { done: 700, atMs: 20_000 }, 700, 0],
  ["not known before it has got on", { done: 200, atMs: 20_000 }, 1200, undefined],
  ["not known in the first second", { done: 700, atMs: 10_900 }, 1200, undefined],
  ["not known where the total is not", { done: 700, atMs: 20_000 }, 0, undefined],
])("the time left: %s", (_, now, total, expected) => {
  expect(secondsLeft(from, now, total)).toBe(expected);
});
