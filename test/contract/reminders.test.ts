import { afterAll, beforeAll, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 20 });
});
afterAll(() => stack.close());

const apiKey = demoKeyValues.administrator;
const keyExpiresAt = "2027-01-31T10:30:00.000Z";

async function connected(): Promise<Api> {
  const api = await stack.pair();
  const body = { region: "us", apiKey, mode: "sync", keyExpiresAt, start: false } as const;
  await api.call("createConnection", { body });
  return api;
}

test("the calendar has an address of its own that needs no token, and tells when the key ends and nothing of it", async () => {
  const api = await connected();
  const { address } = await api.call("openReminders");
  expect(new URL(address).pathname).toBe("/v1/reminders.ics");
  const response = await fetch(address);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const calendar = await response.text();
  for (const day of ["20270117", "20270124", "20270130", "20270131"])
    expect(calendar).toContain(`DTSTART;VALUE=DATE:${day}`);
  expect(calendar).not.toContain(apiKey.slice(-4));
  expect(calendar).not.toContain(api.token);
});

test("the address stays the same until it is ended; then the old one opens nothing and the new one does", async () => {
  const api = await connected();
  const { address } = await api.call("openReminders");
  expect((await api.call("openReminders")).address).toBe(address);
  await api.call("closeReminders");
  expect((await fetch(address)).status).toBe(404);
  const fresh = (await api.call("openReminders")).address;
  expect(fresh).not.toBe(address);
  expect((await fetch(fresh)).status).toBe(200);
});

test("no other address opens a calendar, and none opens another workspace's", async () => {
  const [one, other] = [await connected(), await stack.pair()];
  const { address } = await one.call("openReminders");
  const own = await (await fetch((await other.call("openReminders")).address)).text();
  expect(own).not.toContain("BEGIN:VEVENT");
  const key = new URL(address).searchParams.get("key") ?? "";
  const last = key.endsWith("0") ? "1" : "0";
  for (const wrong of [`${key.slice(0, -1)}${last}`, key.slice(0, 17), "x", "0".repeat(16)]) {
    const problem = await one.fail("readReminders", { query: { key: wrong } });
    expect(problem.code, wrong).toBe("not_found");
  }
  expect((await fetch(new URL("/v1/reminders.ics", address))).status).toBe(400);
});

test("a viewer cannot make or end an address", async () => {
  const viewer = await stack.pair("viewed", "viewer");
  expect((await viewer.fail("openReminders")).code).toBe("forbidden");
  expect((await viewer.fail("closeReminders")).code).toBe("forbidden");
});
