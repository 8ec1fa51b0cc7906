import { expect, test } from "vitest";
import { answerCsv } from "../../../worker/api/csv.ts";

/** Reads a list of so many rows of so many characters each; gives how many rows were asked for at a time. */
async function readsOf(count: number, characters: number): Promise<number[]> {
  const asked: number[] = [];
  const text = "x".repeat(characters);
  const response = answerCsv("x.csv", { text: () => text }, async (limit, cursor = "0") => {
    asked.push(limit);
    const end = Math.min(Number(cursor) + limit, count);
    const items = Array.from({ length: end - Number(cursor) }, () => ({}));
    return { items, nextCursor: end < count ? String(end) : null };
  });
  expect((await response.text()).split("\r\n")).toHaveLength(count + 2);
  return asked;
}

test("a hundred thousand ordinary rows take no more reads than the Free plan allows an invocation", async () => {
  expect((await readsOf(100_000, 750)).length).toBeLessThan(48);
});

test("of rows as long as an import lets them be, no read comes to much more than two megabytes, but the first", async () => {
  const [first = 0, ...others] = await readsOf(3_000, 20_000);
  expect(first).toBe(500);
  for (const rows of others) expect(rows * 20_000).toBeLessThan(2.1 * 1024 * 1024);
});
