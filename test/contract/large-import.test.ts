import { afterAll, beforeAll, expect, test } from "vitest";
import { importFields, importLimits } from "../../shared/assets.ts";
import type { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";
import { tableOnDisk } from "../stack/table-on-disk.ts";

/** An import as large as one may be, in the memory that a deployed Worker's isolate has (cli/local-worker.ts). */
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 1 });
  expect(process.env.MINIFLARE_WORKERD_V8_FLAGS).toContain("--max-heap-size=128");
});
afterAll(() => stack.close());

const columns = ["id", ...importFields, "shelf"];
const rowOf = (n: number) => [
  // An id as long as this is a slice of the text that it came in.
  `0f8fad5b-d9cb-469f-a165-${String(n).padStart(12, "0")}`,
  `SN-${n}`,
  `Laptop ${n}`,
  "computer",
  "Dell",
  `Latitude ${n % 50}`,
  "in use",
  "תל אביב",
  "With a charger",
  `${n % 900}`,
];
const rows = Array.from({ length: importLimits.rows }, (_, index) => rowOf(index + 1));

function csvOf(some: readonly (readonly string[])[]): string {
  return [columns, ...some].map((cells) => cells.join()).join("\r\n");
}

async function leavesNothingBehind(api: Api, workspace: string) {
  expect((await api.call("summarizeAssets")).total).toBe(0);
  expect(tableOnDisk(stack.stateDir, "import_parts")).toEqual([]);
  expect(tableOnDisk(stack.stateDir, "audit", workspace).filter((row) => row.includes("imported"))).toEqual(
    [],
  );
}

test("100,000 rows of CSV are taken in a deployed Worker's memory; a second time none of them changes", async () => {
  const api = await stack.pair("by-csv");
  const csv = csvOf(rows);
  expect(await api.importCsv(csv)).toEqual({ added: rows.length, updated: 0, unchanged: 0 });
  expect(await api.importCsv(csv)).toEqual({ added: 0, updated: 0, unchanged: rows.length });
  expect(await api.call("getAsset", { id: rowOf(54_321)[0] ?? "" })).toMatchObject({
    serialNumber: "SN-54321",
    location: "תל אביב",
    custom: { shelf: "321" },
  });
  expect(tableOnDisk(stack.stateDir, "import_parts")).toEqual([]);
});

test("100,000 rows of JSON are taken in a deployed Worker's memory; a second time none of them changes", async () => {
  const api = await stack.pair("by-json");
  const items = rows.map((cells) => Object.fromEntries(columns.map((name, column) => [name, cells[column]])));
  const body = { items: items as unknown[] };
  expect(await api.call("importAssets", { body })).toEqual({ added: rows.length, updated: 0, unchanged: 0 });
  expect(await api.call("importAssets", { body })).toEqual({ added: 0, updated: 0, unchanged: rows.length });
});

test("one bad row at the end of 100,000 is named, and nothing of the others is left anywhere", async () => {
  const api = await stack.pair("bad-row");
  const csv = csvOf(rows.with(99_998, rowOf(7)));
  const response = await api.send("importAssets", undefined, undefined, csv, "text/csv");
  expect(await response.json()).toMatchObject({
    code: "invalid_import",
    rows: [{ row: 99_999, message: "Has the same id as row 7." }],
  });
  await leavesNothingBehind(api, "bad-row");
});
