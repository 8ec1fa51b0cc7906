import { type Answer, badRequest, json, refusals } from "./answers.ts";
import { demoKeyNotes, demoKeyValues } from "./demo-keys.ts";
import { assetsFor, toCsv } from "./dots-assets.ts";
import { type FaultName, type FaultSource, faultNames } from "./faults.ts";
import type { RequestLog } from "./request-log.ts";
import type { Call } from "./routes.ts";
import { enroll, replaceFleet, type Tenant } from "./tenant.ts";

export type Control = (call: Call) => Answer;

/** What a person, or a test in another process, tells the simulator itself, below `/__sim/`. Not recorded. */
export function createControl(tenant: Tenant, log: RequestLog, faults: FaultSource): Control {
  const handlers: Record<string, (call: Call) => Answer> = {
    "GET state": () => json(state(tenant, log, faults)),
    "GET requests": () => json(log.requests),
    "POST reset": () => {
      log.reset();
      return json(state(tenant, log, faults));
    },
    "POST devices": ({ body }) => {
      changeDevices(tenant, readBody(body));
      return json(state(tenant, log, faults));
    },
    "POST faults": ({ body }) => {
      setFaults(faults, readBody(body));
      return json(state(tenant, log, faults));
    },
    "GET keys": () => json({ items: listKeys(tenant) }),
    "GET assets.csv": ({ url }) => {
      const count = Number(url.searchParams.get("count") ?? 600);
      const first = tenant.organizations[0]?._id;
      const systems = tenant.systems.filter(({ organization }) => organization === first);
      const body = toCsv(assetsFor(systems, count, Number(url.searchParams.get("seed") ?? 1)));
      return { status: 200, body, headers: { "content-type": "text/csv; charset=utf-8" } };
    },
  };
  return (call) => {
    const handler = handlers[`${call.method} ${call.url.pathname.slice("/__sim/".length)}`];
    if (handler === undefined) return refusals.notFound();
    try {
      return handler(call);
    } catch (error) {
      return badRequest(error instanceof Error ? error.message : String(error));
    }
  };
}

function state(tenant: Tenant, log: RequestLog, faults: FaultSource) {
  const byStatus: Record<string, number> = {};
  for (const { status } of log.requests) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return {
    devices: tenant.systems.length,
    organizations: tenant.organizations.map(({ _id, displayName }) => ({
      id: _id,
      name: displayName,
      devices: tenant.systems.filter(({ organization }) => organization === _id).length,
    })),
    requests: log.requests.length,
    inFlight: log.inFlight,
    inFlightMax: log.inFlightMax,
    byStatus,
    faults: { latencyMs: faults.latencyMs, jitterMs: faults.jitterMs, rates: faults.rates },
  };
}

/** `{count, seed}` replaces the fleet; `{remove: n}` deletes its first n, `{enroll: n}` adds n. */
function changeDevices(tenant: Tenant, body: Record<string, unknown>): void {
  const seed = typeof body.seed === "number" ? body.seed : 1;
  if (typeof body.count === "number") replaceFleet(tenant, body.count, seed);
  if (typeof body.remove === "number") tenant.systems = tenant.systems.slice(body.remove);
  if (typeof body.enroll === "number") enroll(tenant, body.enroll, seed);
}

/** `{rates, latencyMs, jitterMs, retryAfterSeconds, seed, next: [{path, fault, times}]}` replaces what was set. */
function setFaults(faults: FaultSource, body: Record<string, unknown>): void {
  faults.clear();
  if (typeof body.seed === "number") faults.seed(body.seed);
  if (typeof body.latencyMs === "number") faults.latencyMs = body.latencyMs;
  if (typeof body.jitterMs === "number") faults.jitterMs = body.jitterMs;
  if (typeof body.retryAfterSeconds === "number") faults.retryAfterSeconds = body.retryAfterSeconds;
  for (const [name, rate] of Object.entries(asRecord(body.rates ?? {}))) {
    faults.rates[faultNamed(name)] = Number(rate);
  }
  for (const entry of Array.isArray(body.next) ? body.next : []) {
    const { path, fault, times } = asRecord(entry);
    faults.next(String(path ?? "/api/"), faultNamed(String(fault)), typeof times === "number" ? times : 1);
  }
}

function faultNamed(name: string): FaultName {
  const fault = faultNames.find((known) => known === name);
  if (fault === undefined) throw new Error(`Unknown fault "${name}"; known: ${faultNames.join(", ")}`);
  return fault;
}

function listKeys(tenant: Tenant) {
  const notes = new Map(
    Object.entries(demoKeyValues).map(([name, value]) => [
      String(value),
      demoKeyNotes[name as keyof typeof demoKeyNotes],
    ]),
  );
  return tenant.keys.map((key) => ({ ...key, note: notes.get(key.value) ?? "" }));
}

function readBody(text: string): Record<string, unknown> {
  return asRecord(text.trim() === "" ? {} : JSON.parse(text));
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("An object is needed.");
  return value as Record<string, unknown>;
}
