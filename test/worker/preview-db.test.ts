import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { technicalFields } from "../../shared/assets.ts";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { commitStep, emptyStep, type RunKey, type Step } from "../../worker/register/commit.ts";
import { PreviewDb } from "../../worker/register/preview-db.ts";
import type { TechnicalValues } from "../../worker/register/technical-columns.ts";

const key: RunKey = {
  workspace: workspaceNamed("previewed"),
  connectionId: "a-connection",
  syncId: "a-preview",
  number: 1,
};
const technical = Object.fromEntries(technicalFields.map((field) => [field, null])) as TechnicalValues;
const rows: { [Part in keyof Step]: Step[Part] } = {
  uncreated: ["A-1"],
  restored: [
    {
      id: "A-1",
      serialKey: null,
      source: "import",
      connectionId: null,
      systemId: null,
      missingSince: null,
      updatedAt: "2026-11-24T09:00:00.000Z",
      technical,
    },
  ],
  created: [{ id: "A-1", serialKey: null, name: null, type: null, systemId: "s", technical }],
  updated: [{ id: "A-1", technical }],
  linked: [{ id: "A-1", systemId: "s", serialKey: null }],
  heartbeats: [{ id: "A-1", lastContactAt: "2026-11-24T09:00:00.000Z" }],
  missing: ["A-1"],
  withdrawn: ["s"],
  changes: [
    {
      systemId: "s",
      outcome: "missing",
      assetId: "A-1",
      serialNumber: null,
      hostname: null,
      before: null,
      after: null,
      beforeAt: null,
    },
  ],
  skipsEnded: ["s"],
  skipsBegun: [
    { systemId: "s", reason: "no_serial", serialNumber: null, hostname: null, related: undefined },
  ],
};
const standing = {
  checkpoint: "{}",
  done: 0,
  total: 0,
  counts: { devices: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, missing: 0, reasons: {} },
  requests: 0,
  rowsRead: 0,
  rowsWritten: 0,
};

test.each(Object.keys(rows) as (keyof Step)[])(
  "a preview's database refuses what a sync would write: %s",
  async (part) => {
    const step = { ...emptyStep(), [part]: rows[part] };
    await expect(commitStep(new PreviewDb(env.DB), key, 0, "now", step, standing)).rejects.toThrow(
      /A preview writes nothing but its own rows, not (assets|changes|skips)\./,
    );
  },
);

test.each([
  "WITH r AS (SELECT 1) UPDATE assets SET name = ''",
  "  delete from connections",
  "REPLACE INTO assets SELECT * FROM assets",
  "DROP TABLE assets",
  "INSERT INTO preview_changes_2 SELECT 1",
])("a preview's database refuses any statement that is no read and not of its own tables: %s", (sql) => {
  expect(() => new PreviewDb(env.DB).prepare(sql)).toThrow("A preview writes nothing but its own rows");
});

test("a preview's database reads, and writes the preview's own rows", () => {
  const db = new PreviewDb(env.DB);
  for (const sql of [
    "SELECT * FROM assets",
    "UPDATE syncs SET step = 1",
    "INSERT OR REPLACE INTO preview_changes SELECT 1",
  ]) {
    expect(() => db.prepare(sql)).not.toThrow();
  }
});
