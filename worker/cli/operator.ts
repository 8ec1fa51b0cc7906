import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { problemDocumentSchema } from "../../shared/problem-document.ts";
import type { Route } from "../../shared/routes/route.ts";
import { type RouteName, routes } from "../../shared/routes.ts";

/** Calls one of the operator's routes of the Worker at WORKER_URL. Ends the process with a sentence where it fails. */
export async function callAsOperator<N extends RouteName>(
  name: N,
  body: object,
): Promise<(typeof routes)[N] extends { answer: infer S extends z.ZodType } ? z.output<S> : undefined> {
  const { origin, isHere } = workerAddress();
  // What a local Worker made for itself is for that one alone.
  const token = process.env.OPERATOR_TOKEN || (isHere ? await localToken() : undefined);
  if (token === undefined) fail("Set OPERATOR_TOKEN to the Worker's operator token.");
  const { method, path, answer }: Route = routes[name];
  const response = await fetch(new URL(path, origin), {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error",
  }).catch(() => fail(`No Worker answers at ${origin}. Start one with npm run worker, or set WORKER_URL.`));
  const said: unknown = await response.json().catch(() => fail(`What answers at ${origin} is no Worker.`));
  if (!response.ok)
    fail(problemDocumentSchema.safeParse(said).data?.detail ?? `The Worker answered ${response.status}.`);
  // The answer's type follows from the route's schema; a table of routes cannot say so to the compiler.
  return answer?.parse(said) as never;
}

/** Where the Worker is. The operator's token goes there: over https, or not off this machine. */
function workerAddress(): { origin: string; isHere: boolean } {
  const url = URL.parse(process.env.WORKER_URL || "http://127.0.0.1:8787");
  const isHere = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isHere);
  if (!url || !isSafe) fail("WORKER_URL must begin with https://, unless the Worker is on this machine.");
  return { origin: url.origin, isHere };
}

/** A local Worker that made its own operator token keeps it where its state is. */
async function localToken(): Promise<string | undefined> {
  const file = `${process.env.STATE_DIR || ".wrangler/state"}/secrets.json`;
  const kept: unknown = await readFile(file, "utf8").then(JSON.parse, () => undefined);
  return typeof kept === "object" && kept !== null && "operatorToken" in kept
    ? String(kept.operatorToken)
    : undefined;
}

export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
