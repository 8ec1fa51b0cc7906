import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClient } from "../../../worker/jumpcloud/client.ts";
import { confirmRefusal } from "../../../worker/sync/refusal.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Answer = () => Response;
const ok: Answer = () => Response.json({ results: [], totalCount: 0 });
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  () =>
    Response.json({ message: "no" }, { status: code, headers });

/** A client whose requests are answered in turn, the last answer for ever; notes when each was sent. */
function clientThatGets(...answers: Answer[]) {
  const sentAt: number[] = [];
  const begun = Date.now();
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
    const answer = answers[Math.min(sentAt.length, answers.length - 1)] ?? ok;
    sentAt.push(Date.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return answer();
  });
  const client = createClient({ region: "us", sign: (request) => request, tries: 4 });
  return { client, sentAt };
}

async function outcome(asked: Promise<unknown>): Promise<unknown> {
  const ended = asked.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(120_000);
  return await ended;
}

test("Retry-After holds back every request, not only the one that was refused", async () => {
  const { client, sentAt } = clientThatGets(status(429, { "retry-after": "7" }), ok);
  const asked = Promise.all(Array.from({ length: 20 }, () => client.get("/systems")));
  expect(await outcome(asked)).toHaveLength(20);
  expect(sentAt).toHaveLength(21);
  expect(sentAt.filter((at) => at > 100 && at < 7100)).toEqual([]);
});

test("after a 429 half as many requests are under way, and again all six once they pass", async () => {
  const { client, sentAt } = clientThatGets(status(429), ok);
  const asked = Promise.all(Array.from({ length: 60 }, () => client.get("/systems")));
  await outcome(asked);
  const sentIn = (from: number) => sentAt.filter((at) => at >= from && at < from + 100).length;
  expect(sentIn(0)).toBe(6);
  expect(sentIn(100)).toBe(3);
  expect(Math.max(...[400, 500, 600, 700, 800].map(sentIn))).toBe(6);
});

test("once it is stopped, whoever waits is told at once, and nothing more is sent", async () => {
  const { sentAt } = clientThatGets(ok);
  const stopping = new AbortController();
  const client = createClient({
    region: "us",
    sign: (request) => request,
    tries: 4,
    signal: stopping.signal,
  });
  const asked = Array.from({ length: 20 }, () => client.get("/systems").catch((error: unknown) => error));
  await vi.advanceTimersByTimeAsync(50);
  stopping.abort();
  const answers = await Promise.all([...asked, client.get("/systems").catch((error: unknown) => error)]);
  for (const answer of answers) expect(answer).toMatchObject({ name: "AbortError" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sentAt).toHaveLength(6);
});

test.each([
  ["500", status(500)],
  ["503", status(503)],
  ["a page of HTML", () => new Response("<html>", { status: 200 })],
  ["half a JSON", () => new Response('{"results":[', { status: 200 })],
  ["a block page", () => new Response("<html>", { status: 403 })],
  [
    "a cut connection",
    () => {
      throw new TypeError("cut");
    },
  ],
] as const)(
  "%s is tried again, and after four times it is said that JumpCloud does not answer",
  async (_, answer) => {
    const passing = clientThatGets(answer, answer, ok);
    expect(await outcome(passing.client.get("/systems"))).toEqual({ results: [], totalCount: 0 });
    const lasting = clientThatGets(answer);
    expect(await outcome(lasting.client.get("/systems"))).toMatchObject({ failure: { kind: "unavailable" } });
    expect(lasting.sentAt).toHaveLength(4);
  },
);

test.each([
  [401, "key_rejected"],
  [302, "key_rejected"],
  [403, "not_permitted"],
  [404, "unknown_organization"],
])("a %i ends a sync only where it comes again and again", async (code, kind) => {
  const lasting = clientThatGets(status(code));
  const refusal = await outcome(lasting.client.get("/systems"));
  expect(await outcome(confirmRefusal(refusal, lasting.client))).toMatchObject({ failure: { kind } });
  for (const other of [ok, status(503), status(code === 404 ? 401 : 404)]) {
    const odd = clientThatGets(status(code), other);
    const cause = confirmRefusal(await outcome(odd.client.get("/systems")), odd.client);
    expect(await outcome(cause)).toMatchObject({ failure: { kind: "unavailable" } });
  }
});

test("work waits for answers that are due while there is more to send, and not where there is not", async () => {
  const { client } = clientThatGets(ok);
  const asked = Array.from({ length: 24 }, () => client.get("/systems"));
  await vi.advanceTimersByTimeAsync(190);
  const waits: string[] = [];
  void client.lull(25).then(() => waits.push("early"));
  await vi.advanceTimersByTimeAsync(5);
  expect(waits).toEqual([]);
  await vi.advanceTimersByTimeAsync(10);
  expect(waits).toEqual(["early"]);
  await vi.advanceTimersByTimeAsync(195);
  void client.lull(25).then(() => waits.push("late"));
  await vi.advanceTimersByTimeAsync(0);
  expect(waits).toEqual(["early", "late"]);
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all(asked);
});
