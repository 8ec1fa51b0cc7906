import type { Answer } from "./answers.ts";
import { type Random, seeded } from "./random.ts";
import type { Tenant } from "./tenant.ts";

/** Ways in which a request can go wrong (FACTS.md, sections 2 and 10). */
export const faultNames = [
  "rate_limited",
  "rate_limited_retry_after",
  "internal_error",
  "bad_gateway",
  "unavailable",
  "blocked",
  "cut",
  "hung",
  "html",
  "half_json",
  "login_redirect",
] as const;
export type FaultName = (typeof faultNames)[number];

export interface Faults {
  /** How long every answer takes. */
  latencyMs: number;
  /** Up to so much more, by chance. */
  jitterMs: number;
  /** Share of requests, 0..1, that meet each fault; together at most 1. */
  rates: Partial<Record<FaultName, number>>;
  /** What `rate_limited_retry_after` says in `Retry-After`. */
  retryAfterSeconds: number;
  /** Starts the row of chances anew. */
  seed(seed: number): void;
  /** The next so many requests below this path (such as `/api/systems`) meet the fault, whatever the rates. */
  next(pathPrefix: string, fault: FaultName, times?: number): void;
  /** Changes the tenant just before the n-th request from now (1: the next one) is answered. */
  onRequest(n: number, change: (tenant: Tenant) => void): void;
  /** Lets every list of rows below this path through a change of its own: rows left out, repeated, moved. */
  onRows(pathPrefix: string, change: RowsChange): void;
  /** No faults, no latency, nothing scripted. */
  clear(): void;
}

/** Takes the rows of a page and its query; gives those to answer with. The total stays as it is. */
export type RowsChange = (rows: readonly unknown[], query: URLSearchParams) => unknown[];

/** What the server asks of the faults for each request. */
export interface FaultSource extends Faults {
  begin(tenant: Tenant): void;
  draw(path: string): FaultName | undefined;
  delayMs(): number;
  alter(url: URL, answer: Answer): Answer;
}

export function createFaults(latencyMs = 0, seed = 1): FaultSource {
  let random: Random = seeded(seed);
  let scripted: { pathPrefix: string; fault: FaultName; times: number }[] = [];
  let rowsChanges: { pathPrefix: string; change: RowsChange }[] = [];
  let changes: { left: number; change: (tenant: Tenant) => void }[] = [];
  return {
    latencyMs,
    jitterMs: 0,
    rates: {},
    retryAfterSeconds: 1,
    seed(next) {
      random = seeded(next);
    },
    next(pathPrefix, fault, times = 1) {
      scripted.push({ pathPrefix, fault, times });
    },
    onRequest(n, change) {
      changes.push({ left: n, change });
    },
    onRows(pathPrefix, change) {
      rowsChanges.push({ pathPrefix, change });
    },
    clear() {
      this.latencyMs = 0;
      this.jitterMs = 0;
      this.rates = {};
      scripted = [];
      changes = [];
      rowsChanges = [];
    },
    begin(tenant) {
      for (const planned of changes) planned.left -= 1;
      const due = changes.filter(({ left }) => left <= 0);
      changes = changes.filter(({ left }) => left > 0);
      for (const { change } of due) change(tenant);
    },
    draw(path) {
      const planned = scripted.find(({ pathPrefix }) => path.startsWith(pathPrefix));
      if (planned) {
        planned.times -= 1;
        if (planned.times <= 0) scripted = scripted.filter((other) => other !== planned);
        return planned.fault;
      }
      return drawByRate(this.rates, random.next());
    },
    delayMs() {
      return this.latencyMs + (this.jitterMs > 0 ? random.below(this.jitterMs) : 0);
    },
    alter({ pathname, searchParams }, answer) {
      const due = rowsChanges.filter(({ pathPrefix }) => pathname.startsWith(pathPrefix));
      if (due.length === 0 || answer.status !== 200) return answer;
      const body: unknown = JSON.parse(answer.body);
      const rowsIn = (rows: unknown[]) => due.reduce((now, { change }) => change(now, searchParams), rows);
      const altered = Array.isArray(body)
        ? rowsIn(body)
        : { ...(body as object), results: rowsIn((body as { results?: unknown[] }).results ?? []) };
      return { ...answer, body: JSON.stringify(altered) };
    },
  };
}

function drawByRate(rates: Faults["rates"], roll: number): FaultName | undefined {
  let reached = 0;
  for (const name of faultNames) {
    reached += rates[name] ?? 0;
    if (roll < reached) return name;
  }
  return undefined;
}
