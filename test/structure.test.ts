import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** The house as DESIGN draws it, held by what the files really import. */
const root = path.dirname(import.meta.dirname);

function sourcesOf(room: string): string[] {
  return readdirSync(path.join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes("node_modules"));
}

interface Import {
  from: string;
  /** Relative to the top for our own files, else the package's name. */
  to: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const found = text.matchAll(
    /(?:^|\n)(?:import|export)\s+(type\s+)?(?:[\w*{][^;"']*?\sfrom\s+)?["']([^"']+)["']|import\(["']([^"']+)["']\)/g,
  );
  return [...found].map(([, type, fixed, lazy]) => {
    const target = fixed ?? lazy ?? "";
    const to = target.startsWith(".") ? path.normalize(path.join(path.dirname(file), target)) : target;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

const rooms = ["shared", "worker", "extension"];
const sources = rooms.flatMap(sourcesOf);
const imports = sources.flatMap(importsOf);
const ours = imports.filter(({ to }) => rooms.some((room) => to.startsWith(`${room}/`)));

test("shared imports zod and nothing of ours; worker and extension never import each other or a test", () => {
  const wrong = imports.filter(({ from, to }) => {
    const room = from.split("/")[0];
    if (to.startsWith("test/")) return true;
    if (room === "shared") return !to.startsWith("shared/") && to !== "zod";
    if (room === "worker") return to.startsWith("extension/");
    return to.startsWith("worker/");
  });
  expect(wrong).toEqual([]);
});

test("inside the Worker, arrows point downwards", () => {
  const floors = [
    ["worker/index.ts", "worker/cli/"],
    ["worker/api/", "worker/schedule/tick.ts"],
    ["worker/sync/", "worker/access/", "worker/notify/", "worker/schedule/"],
    ["worker/jumpcloud/"],
    ["worker/vault/"],
    ["worker/register/"],
    ["worker/env.ts", "worker/problem.ts", "worker/in-time.ts"],
  ];
  const floorOf = (file: string) =>
    floors.findIndex((floor) => floor.some((start) => file.startsWith(start)));
  const wrong = ours
    .filter(({ from, to, typeOnly }) => from.startsWith("worker/") && to.startsWith("worker/") && !typeOnly)
    .filter(({ to }) => !["worker/env.ts", "worker/problem.ts", "worker/in-time.ts"].includes(to))
    .filter(({ from, to }) => floorOf(to) < floorOf(from) && from !== "worker/env.ts");
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test("what is called pure has no clock, no chance, no env and no I/O", () => {
  const pure = [
    "worker/sync/plan.ts",
    "worker/sync/settle.ts",
    "worker/sync/undo-plan.ts",
    "worker/sync/serial.ts",
    "worker/sync/technical.ts",
    "worker/schedule/due.ts",
  ];
  for (const file of pure) {
    const text = readFileSync(path.join(root, file), "utf8");
    expect(text, file).not.toMatch(
      /Date\.now|new Date\(\)|Math\.random|\bfetch\(|\bawait\b|D1Database|KVNamespace/,
    );
  }
});

test("fetch is called where requests are made, and nowhere else", () => {
  const callers = sources.filter((file) =>
    /(?<![.\w])fetch\(/.test(readFileSync(path.join(root, file), "utf8")),
  );
  const allowed = [
    "worker/jumpcloud/client.ts",
    "worker/notify/webhook.ts",
    "extension/worker-client.ts",
    "worker/cli/operator.ts",
  ];
  // The local Worker's door is text that runs inside workerd.
  expect(callers.filter((file) => !allowed.includes(file) && file !== "worker/cli/local-worker.ts")).toEqual(
    [],
  );
});

test("entries only wire: at most 40 lines", () => {
  const entries = sources.filter(
    (file) =>
      file === "worker/index.ts" || /^extension\/entrypoints\/([^/]+\.ts|\w+\/main\.tsx?)$/.test(file),
  );
  expect(entries.length).toBeGreaterThan(3);
  for (const file of entries)
    expect(readFileSync(path.join(root, file), "utf8").split("\n").length, file).toBeLessThanOrEqual(41);
});

test("what runs inside a foreign page pulls in neither zod nor Preact", () => {
  const reach = (file: string, seen: Set<string>): Set<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const { to, typeOnly } of imports.filter(({ from }) => from === file))
      if (!typeOnly) reach(to, seen);
    return seen;
  };
  const scripts = sources.filter((file) => file.endsWith(".content.ts"));
  expect(scripts).toHaveLength(2);
  for (const script of scripts) {
    const reached = [...reach(script, new Set())].filter((name) => /^(zod|preact)/.test(name));
    expect(reached, script).toEqual([]);
  }
});

test("no drawer files, no barrels", () => {
  expect(sources.filter((file) => /\/(utils?|helpers?|common|misc|types)(\/|\.tsx?$)/.test(file))).toEqual(
    [],
  );
  expect(sources.filter((file) => file.endsWith("/index.ts") && file !== "worker/index.ts")).toEqual([]);
});

test("a workspace to act for is made in access/ alone, from what was checked there", () => {
  const makers = sources.filter((file) =>
    /\bas (unknown as )?WorkspaceId\b|workspaceNamed\(/.test(readFileSync(path.join(root, file), "utf8")),
  );
  expect(makers.filter((file) => !file.startsWith("worker/access/"))).toEqual([]);
  expect(makers).toContain("worker/access/workspaces.ts");
});

test("what answers a workspace's calls reaches the database through its register alone", () => {
  const api = sources.filter((file) => file.startsWith("worker/api/"));
  const openers = api.filter((file) => /\.DB\b/.test(readFileSync(path.join(root, file), "utf8")));
  // Who calls is looked up first; pairing and the calendar are asked by nobody known, the vault by the operator.
  expect(openers).toEqual(
    ["authorize", "endpoint", "pairing", "reminders", "vault"].map((name) => `worker/api/${name}.ts`),
  );
});

test("every test that SECURITY.md names exists", () => {
  const text = readFileSync(path.join(root, "worker/SECURITY.md"), "utf8");
  const named = [...text.matchAll(/`(test\/[^`]+\.test\.ts)`: (.+?)(?= · `test\/| \|$)/gm)];
  expect(named.length).toBeGreaterThan(40);
  for (const [, file = "", name = ""] of named) {
    const titles = readFileSync(path.join(root, file), "utf8");
    expect(titles.includes(name), `${file}: ${name}`).toBe(true);
  }
});

test("every threat in SECURITY.md has a test", () => {
  const text = readFileSync(path.join(root, "worker/SECURITY.md"), "utf8");
  const table = text.slice(text.indexOf("## Threats"), text.indexOf("## Decisions"));
  const threats = table
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
  expect(threats.length).toBeGreaterThan(25);
  const without = threats.filter((line) => !line.includes("`test/"));
  expect(without.map((line) => line.split("|")[1]?.trim())).toEqual([]);
});

test("what is shipped is of one version each, known by its hash, and brings nothing along", () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
  const dependencies = read("package.json").dependencies as Record<string, string>;
  const locked = read("package-lock.json").packages as Record<string, Record<string, unknown>>;
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  const shipped = Object.entries(locked).filter(([folder, { dev }]) => folder !== "" && dev !== true);
  const names = shipped.map(([folder]) => folder.replace("node_modules/", ""));
  expect(names.sort()).toEqual(Object.keys(dependencies).sort());
  for (const [folder, { integrity }] of shipped) expect(integrity, folder).toMatch(/^sha512-/);
});

test("every table has its row in STORAGE.md", () => {
  const stored = readFileSync(path.join(root, "worker/STORAGE.md"), "utf8");
  const migrations = readdirSync(path.join(root, "worker/migrations")).map((file) =>
    readFileSync(path.join(root, "worker/migrations", file), "utf8"),
  );
  const tables = migrations.flatMap((sql) =>
    [...sql.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name),
  );
  expect(tables.length).toBeGreaterThan(8);
  for (const table of tables) expect(stored, table).toContain(`| \`${table}\` |`);
});
