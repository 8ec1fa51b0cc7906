import type { Region } from "../../shared/connections.ts";
import { originOf } from "../vault/destinations.ts";
import type { Sign } from "../vault/vault.ts";
import { isPassing, JumpCloudFailure, readFailure } from "./failures.ts";
import { Gate, type Places } from "./gate.ts";
import { Lull } from "./lull.ts";

/** Production lets six connections wait for headers; the seventh queues (DESIGN.md, the durable run). */
export const mostInFlight = 6;
const usualTimeoutMs = 10_000;
const firstBackoffMs = 250;
const longestBackoffMs = 8_000;
/** An answer of 100 systems or 1,000 insight rows is well below; more is not JumpCloud's. */
const largestAnswerCharacters = 16 * 1024 * 1024;

export interface ClientOptions {
  region: Region;
  sign: Sign;
  /** Sent as `x-org-id` where it belongs; absent for a key that opens one organization. */
  organizationId?: string | undefined;
  localBaseUrl?: string | undefined;
  /** How long one request may take, in milliseconds. */
  timeoutMs?: number | undefined;
  /** How often one request is tried before it fails. */
  tries: number;
  /** Six of its own where nothing else is said. */
  places?: Places;
  /** Once it is aborted, nothing is sent any more, and what is under way is given up. */
  signal?: AbortSignal;
}

/** How one request is asked. */
export interface Asking {
  /** Goes before the requests that wait their turn. */
  urgent?: boolean;
}

/** Reads JumpCloud's API. GET alone: nothing here can change anything there. */
export interface JumpCloud {
  readonly region: Region;
  /**
   * Takes a path below `/api` and its query; gives the parsed JSON.
   * Throws `JumpCloudFailure`, after retries where the failure is a passing one.
   */
  get(path: string, query?: Record<string, string>, asking?: Asking): Promise<unknown>;
  /** How many requests were sent so far, retries included. */
  requests(): number;
  /** Waits, not for long, until no answer is due for so many milliseconds: the time for work that takes a while. */
  lull(ms: number): Promise<void>;
}

export function createClient(options: ClientOptions): JumpCloud {
  const gate = new Gate(options.places ?? mostInFlight);
  const lull = new Lull();
  let requests = 0;

  /** Gives the text of an answer that is no refusal. */
  async function attempt(url: URL, path: string): Promise<string> {
    const headers = new Headers({ accept: "application/json" });
    if (options.organizationId !== undefined && takesOrganization(path)) {
      headers.set("x-org-id", options.organizationId);
    }
    if (options.localBaseUrl !== undefined) headers.set("x-simulated-region", options.region);
    options.signal?.throwIfAborted();
    requests += 1;
    // Not AbortSignal.timeout: that one keeps its timer, and all that hangs on it, though the answer has come.
    const patience = new AbortController();
    const giveUp = () => patience.abort();
    const answered = lull.begin();
    const timer = setTimeout(giveUp, options.timeoutMs ?? usualTimeoutMs);
    options.signal?.addEventListener("abort", giveUp);
    try {
      const { signal } = patience;
      const response = await fetch(options.sign(new Request(url, { headers, redirect: "manual", signal })));
      const text = await response.text();
      const failure = readFailure(response.status, response.headers, text);
      if (failure) throw new JumpCloudFailure(failure);
      return text;
    } finally {
      answered();
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", giveUp);
    }
  }

  async function ask(path: string, query: Record<string, string>, urgent: boolean): Promise<unknown> {
    const url = new URL(`/api${path}`, originOf(options.region, options.localBaseUrl));
    url.search = new URLSearchParams(query).toString();
    for (let tried = 1; ; tried += 1) {
      let startedAt = 0;
      // Read once its place is free: the next request need not wait for that.
      const outcome = await gate
        .run(
          () => {
            startedAt = Date.now();
            return attempt(url, path);
          },
          urgent || tried > 1,
        )
        .then(async (text) => {
          // Answers that came together free their places before the first of them is parsed.
          await sleep(0);
          return parseAnswer(text);
        })
        .catch(asFailure);
      if (!(outcome instanceof JumpCloudFailure)) {
        gate.speedUp(startedAt);
        return outcome;
      }
      const { failure } = outcome;
      if (failure.kind === "rate_limited") gate.slowDown(startedAt);
      const waitMs = isPassing(failure) ? failure.retryAfterMs : undefined;
      if (waitMs !== undefined) gate.closeFor(waitMs);
      if (!isPassing(failure) || tried >= options.tries) throw outcome;
      if (waitMs === undefined) await sleep(backoffMs(tried));
    }
  }

  return {
    region: options.region,
    requests: () => requests,
    // With few requests waiting to be sent, whoever works is behind, and had better not wait.
    lull: async (ms) => {
      if (gate.waiting >= mostInFlight) await lull.last(ms);
    },
    get: (path, query = {}, { urgent = false } = {}) =>
      unlessAborted(ask(path, query, urgent), options.signal),
  };
}

/** Whoever waits for an answer, for its turn or for a next try, is told at once. */
async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await answer;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([answer, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    answer.catch(() => {});
  }
}

/** These routes answer 403 to `x-org-id` (FACTS.md, section 6). */
function takesOrganization(path: string): boolean {
  return !/^\/(users|organizations|search\/organizations|v2\/organizations|v2\/administrators|v2\/providers)(\/|$)/.test(
    path,
  );
}

/** A cut connection, a time-out, half a JSON or a page of HTML: JumpCloud is not answering. */
function asFailure(error: unknown): JumpCloudFailure {
  if (error instanceof JumpCloudFailure) return error;
  return new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
}

function parseAnswer(text: string): unknown {
  if (text.length > largestAnswerCharacters) throw new Error("The answer is too large.");
  return JSON.parse(text);
}

/** Exponential with full jitter, so that clients that were refused together do not come back together. */
function backoffMs(tried: number): number {
  return (0.5 + Math.random() / 2) * Math.min(firstBackoffMs * 2 ** (tried - 1), longestBackoffMs);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
