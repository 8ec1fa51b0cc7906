import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { importAssetsSchema } from "../../../shared/assets.ts";
import { readItems } from "../../../worker/api/import-json.ts";
import { readImport } from "../../../worker/api/import-rows.ts";
import { Problem } from "../../../worker/problem.ts";

const csv = "text/csv";
const json = "application/json";

async function* inPieces(pieces: Iterable<string>) {
  yield* pieces;
}

/** All that is read, or what it is refused with. */
async function outcomeOf<T>(
  read: AsyncIterable<T>,
): Promise<T[] | { code: string; detail: string; rows: unknown }> {
  try {
    const all: T[] = [];
    for await (const one of read) all.push(one);
    return all;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, detail: error.message, rows: error.extras.rows };
  }
}

function cut(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

const cuts = fc.array(fc.nat(), { maxLength: 6 });
const cellCharacters = [..."ab1 ,;\t'", '"', '""', "\n", "\r\n", "\u05d0", "\u{1f4a9}"];
const line = fc.string({ unit: fc.constantFrom(...cellCharacters), maxLength: 40 });

test("a file of CSV is read alike in whatever pieces it comes, its errors too", async () => {
  // The first piece tells how cells and lines are separated: in the Worker it is never as short as these are.
  const first = `id,name,notes\r\n${Array.from({ length: 10 }, (_, n) => `A-${n},Laptop,"so, so"\r\n`).join("")}`;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), cuts, async (lines, places) => {
      const rest = lines.map((text, n) => `B-${n},${text}`).join("\r\n");
      const pieces = [first, ...cut(rest, places)];
      const whole = await outcomeOf(readImport(csv, inPieces([first + rest])));
      expect(await outcomeOf(readImport(csv, inPieces(pieces)))).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});

/** What JSON.parse and the schema make of a whole body. */
function itemsOf(text: string): unknown[] | undefined {
  try {
    return importAssetsSchema.parse(JSON.parse(text)).items;
  } catch {
    return undefined;
  }
}

const jsonCharacters = [..."{}[],:01 ", '"', '\\"', "\\\\", "\n", '"items":', '{"id":"a"}', "null", "\u05d0"];
const nearlyJson = fc
  .string({ unit: fc.constantFrom(...jsonCharacters), maxLength: 30 })
  .map((text) => `{"items":[${text}]}`);
const anyItems = fc
  .tuple(fc.array(fc.jsonValue(), { maxLength: 5 }), fc.constantFrom(0, 2))
  .map(([items, indent]) => JSON.stringify({ items }, null, indent));

test("a body of JSON is read as JSON.parse reads it, in whatever pieces it comes, or refused as it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyItems, nearlyJson), cuts, async (text, places) => {
      const read = await outcomeOf(readItems(inPieces(cut(text, places))));
      const items = itemsOf(text);
      if (items === undefined) expect(read).toMatchObject({ code: "invalid_request" });
      else expect(Array.isArray(read) ? read.flat() : read).toEqual(items);
    }),
    { numRuns: 2_000 },
  );
});

const long = Array.from({ length: 20 }, () => "x".repeat(256 * 1024));

test("a quote that never closes is named, and the rest of a large file is not read for it", async () => {
  let read = 0;
  async function* pieces() {
    yield 'id,name\nA-1,a\nA-2,"b';
    for (const piece of long) {
      read += 1;
      yield piece;
    }
  }
  expect(await outcomeOf(readImport(csv, pieces()))).toMatchObject({
    code: "invalid_import",
    rows: [{ row: 2, message: "Quoted field unterminated." }, { row: 2 }],
  });
  expect(read).toBeLessThan(long.length);
});

test("a row longer than any may be is named before all of it is in memory", async () => {
  const outcome = await outcomeOf(readImport(json, inPieces(['{"items":[{"id":"A-1"},{"id":"', ...long])));
  expect(outcome).toMatchObject({ code: "invalid_import", rows: [{ row: 2 }] });
  const beside = await outcomeOf(readImport(json, inPieces(['{"more":"', ...long])));
  expect(beside).toMatchObject({ code: "invalid_request", detail: expect.stringContaining('{"items": [') });
});

test('rows that come under two names of "items" are refused, not taken together', async () => {
  const outcome = await outcomeOf(readImport(json, inPieces(['{"items":[{"id":"A-1"}],"items":[]}'])));
  expect(outcome).toMatchObject({ code: "invalid_request" });
});

test.each([
  [csv, "id,notes\n", (id: string, notes: string) => `${id},${notes}\n`],
  [json, '{"items":[{"id":"A"}', (id: string, notes: string) => `,{"id":"${id}","notes":"${notes}"}`],
])("of %s that was read nothing is kept but the ids", async (type, head, rowOf) => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  let held = 0;
  async function* pieces() {
    yield head;
    const before = heap();
    for (let piece = 0; piece < 60; piece += 1) {
      const id = (n: number) => `0f8fad5b-d9cb-469f-a165-${piece}-${n}`;
      yield Array.from({ length: 100 }, (_, n) => rowOf(id(n), "x".repeat(4000))).join("");
    }
    held = heap() - before;
    if (type === json) yield "]}";
  }
  for await (const _ of readImport(type, pieces()));
  // 23 MB were read.
  expect(held).toBeLessThan(5);
});
