import Papa from "papaparse";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RouteName } from "../../shared/routes.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let api: Api;
let syncId: string;
let connectionId: string;
beforeAll(async () => {
  stack = await startStack({ devices: 2800 });
  api = await stack.pair("with-lists");
  await api.importCsv(
    [
      "id,name,notes,location",
      "F-1,=1+1,+1,@SUM(A1)",
      'F-2,"a ""quoted"", name","two\nlines",\u05e2\u05d1\u05e8\u05d9\u05ea',
      "F-3,-2,  =cmd|' /C calc'!A0,＝1+1",
    ].join("\n"),
  );
  const body = {
    region: "us" as const,
    apiKey: demoKeyValues.administrator,
    mode: "download" as const,
    start: false,
  };
  connectionId = (await api.call("createConnection", { body })).id;
  syncId = (await api.sync(connectionId)).id;
});
afterAll(() => stack.close());

async function get(name: RouteName, accept: string, id?: string, query: Record<string, string> = {}) {
  const path = name === "listAssets" ? "/v1/assets" : `/v1/syncs/${id}/changes`;
  const url = new URL(path, stack.worker.url);
  url.search = new URLSearchParams(query).toString();
  const response = await fetch(url, { headers: { accept, authorization: `Bearer ${api.token}` } });
  return { response, text: await response.text() };
}

function parse(text: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

test("the changes of a sync as CSV are the whole list, the same as in JSON, with a file name", async () => {
  const { response, text } = await get("listChanges", "text/csv", syncId);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/csv");
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="changes-${syncId}.csv"`);
  const rows = parse(text);
  const changes = await api.allChanges(syncId);
  expect(rows.length).toBeGreaterThan(2500);
  expect(rows).toHaveLength(changes.length);
  for (const [index, change] of changes.entries()) {
    const row = rows[index];
    expect(row).toMatchObject({
      systemId: change.systemId,
      outcome: change.outcome,
      reason: change.reason ?? "",
    });
    expect(row?.assetId).toBe(change.assetId ?? "");
    expect(JSON.parse(row?.after || "null")).toEqual(change.after ?? null);
  }
});

test("the CSV of changes takes the same filter", async () => {
  const { text } = await get("listChanges", "text/csv", syncId, { outcome: "skipped" });
  const rows = parse(text);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows).toHaveLength((await api.allChanges(syncId, "skipped")).length);
});

test("the assets as CSV are all of them, and no cell is a formula", async () => {
  const { response, text } = await get("listAssets", "text/csv");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="assets.csv"');
  const rows = parse(text);
  const assets = await api.allAssets();
  expect(rows.map(({ id }) => id)).toEqual(assets.map(({ id }) => id));
  for (const row of rows) {
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  expect(byId.get("F-1")).toMatchObject({ name: "'=1+1", notes: "'+1", location: "'@SUM(A1)" });
  expect(byId.get("F-2")).toMatchObject({ name: 'a "quoted", name', notes: "two\nlines", location: "עברית" });
  expect(byId.get("F-3")).toMatchObject({ name: "'-2", notes: "'=cmd|' /C calc'!A0", location: "'＝1+1" });
  const filtered = await get("listAssets", "text/csv", undefined, { source: "import" });
  expect(parse(filtered.text)).toHaveLength(3);
});

test.each([
  ["text/csv", "csv"],
  ["TEXT/CSV", "csv"],
  ["text/*", "csv"],
  ["text/csv, */*", "csv"],
  ["application/json;q=0.2, text/csv;q=0.9", "csv"],
  ["application/json, text/csv;q=0.9", "json"],
  ["*/*, text/csv;q=0.5", "json"],
  ["text/csv;q=0", "json"],
  ["text/html, application/json", "json"],
  ["*/*", "json"],
  ["nonsense", "json"],
])("a request that accepts %s gets %s", async (accept, expected) => {
  const { response } = await get("listChanges", accept, syncId, { limit: "1" });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain(expected);
});

test("what is asked for wrongly is a problem in JSON, whatever is accepted", async () => {
  const wrong = await get("listChanges", "text/csv", syncId, { outcome: "nonsense" });
  expect(wrong.response.status).toBe(400);
  expect(JSON.parse(wrong.text).code).toBe("invalid_request");
  const gone = await get("listChanges", "text/csv", "nobodys");
  expect(JSON.parse(gone.text).code).toBe("not_found");
});

test("an asset tells its history, the newest first, undos included and previews not", async () => {
  const { systems } = stack.simulator.tenant;
  const [asset] = (await api.allAssets()).filter(({ systemId }) => systemId !== undefined);
  const system = systems.find(({ _id }) => _id === asset?.systemId);
  if (!asset || !system) throw new Error("An asset is linked.");
  const version = system.version ?? null;
  system.version = "changed since";
  await api.ended((await api.call("startPreview", { id: connectionId })).id);
  const sync = await api.sync(connectionId);
  system.version = version;
  const undo = await api.ended((await api.call("undoSync", { id: sync.id })).id);
  const { history, ...now } = await api.call("getAsset", { id: asset.id });
  expect(now).toEqual(asset);
  expect(history.map(({ syncId: id, kind, outcome }) => ({ id, kind, outcome }))).toEqual([
    { id: undo.id, kind: "undo", outcome: "updated" },
    { id: sync.id, kind: "sync", outcome: "updated" },
    { id: syncId, kind: "sync", outcome: "created" },
  ]);
  expect(history[1]).toMatchObject({
    trigger: "manual",
    systemId: asset.systemId,
    before: { osVersion: asset.osVersion },
    after: { osVersion: "changed since" },
  });
  expect(history[0]).toMatchObject({
    before: { osVersion: "changed since" },
    after: { osVersion: asset.osVersion },
  });
  expect(Date.parse(history[0]?.at ?? "")).toBeGreaterThan(Date.parse(history[1]?.at ?? ""));
  expect((await (await stack.pair()).fail("getAsset", { id: asset.id })).code).toBe("not_found");
});
