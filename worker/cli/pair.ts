import { readFile } from "node:fs/promises";
import { pairingSchema, workspaceSchema } from "../../shared/access.ts";
import { problemDocumentSchema } from "../../shared/problem-document.ts";

/** `npm run pair -- <workspace> [viewer]`: prints a pairing link of the Worker at WORKER_URL. */
const [name, role = "admin"] = process.argv.slice(2);
const workspace = workspaceSchema.safeParse(name);
if (!workspace.success)
  fail("Usage: npm run pair -- <workspace> [viewer]. A workspace is 1 to 63 of a-z, 0-9 and -.");

const origin = process.env.WORKER_URL || "http://127.0.0.1:8787";
const token = process.env.OPERATOR_TOKEN || (await localToken());
if (token === undefined) fail("Set OPERATOR_TOKEN to the Worker's operator token.");

const response = await fetch(new URL("/v1/pairings", origin), {
  method: "POST",
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  body: JSON.stringify({ workspace: workspace.data, role }),
}).catch(() => fail(`No Worker answers at ${origin}. Start one with npm run worker, or set WORKER_URL.`));
const body: unknown = await response.json();
if (!response.ok)
  fail(problemDocumentSchema.safeParse(body).data?.detail ?? `The Worker answered ${response.status}.`);
console.log(pairingSchema.parse(body).link);

/** A local Worker that made its own operator token keeps it where its state is. */
async function localToken(): Promise<string | undefined> {
  const file = `${process.env.STATE_DIR || ".wrangler/state"}/secrets.json`;
  const kept: unknown = await readFile(file, "utf8").then(JSON.parse, () => undefined);
  return typeof kept === "object" && kept !== null && "operatorToken" in kept
    ? String(kept.operatorToken)
    : undefined;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
