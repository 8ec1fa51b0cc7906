import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { type Device, serialKeyOf } from "../../worker/sync/device.ts";
import { Seen } from "../../worker/sync/seen.ts";
import { StoredSightings } from "../../worker/sync/seen-store.ts";
import { device } from "../unit/worker/device-builder.ts";

/** A value in the object's storage may take 2 MB (ENGINE.md, section 0). */
const largestValueBytes = 2_000_000;
/** 24 windows of five hundred: as many as one commit takes. */
const devicesPerCommit = 12_000;
/** And as many of them as are kept whole until then, with the window that brings the last. */
const mostSetAside = 2_000;

async function withStorage<T>(name: string, use: (storage: DurableObjectStorage) => Promise<T>): Promise<T> {
  return await runInDurableObject(env.SYNC_RUNS.getByName(name), (_, { storage }) => use(storage));
}

/** Sees devices, some of which are set aside, and keeps them. */
async function save(
  store: StoredSightings,
  step: number,
  devices: readonly Device[],
  isDeferred: (place: number) => boolean,
): Promise<void> {
  const seen = new Seen(store);
  for (const [place, one] of devices.entries()) seen.add(one, isDeferred(place));
  await seen.save(step);
}

async function allDeferred(store: StoredSightings): Promise<Device[]> {
  const devices: Device[] = [];
  for (let portion = 0; ; portion += 1) {
    const some = await store.deferred(portion);
    if (some === undefined) return devices;
    expect(some.length).toBeLessThanOrEqual(200);
    devices.push(...some);
  }
}

test("at the worst, thousands of devices sharing a serial and every text as long as it may be, no value is too large", async () => {
  const long = "ש".repeat(1000);
  const technical = { hostname: long, os: long, osVersion: long, model: long, cpu: long, agentVersion: long };
  const devices = Array.from({ length: devicesPerCommit }, (_, place) =>
    device({ id: `${"ש".repeat(56)}${String(place).padStart(8, "0")}`, serial: long, technical }),
  );
  await withStorage("worst", async (storage) => {
    const store = new StoredSightings(storage);
    let seen = new Seen(store);
    let steps = 0;
    for (const [place, one] of devices.entries()) {
      seen.add(one, place < mostSetAside);
      // After each window a run asks whether there is room for another one.
      if (place % 500 === 499 && seen.isFull) await seen.save(steps++);
    }
    await seen.save(steps++);
    let largest = 0;
    for (const [name] of await storage.list({ limit: 5 })) {
      const value = await storage.get(name);
      if (value instanceof Uint8Array) largest = Math.max(largest, value.byteLength);
    }
    expect(largest).toBeGreaterThan(500_000);
    expect(largest).toBeLessThan(largestValueBytes);
    // Sightings are written or refused whole: that they come back shows that they fitted.
    seen = await Seen.load(new StoredSightings(storage), steps);
    expect(seen.size).toBe(devicesPerCommit);
    expect((await seen.among(devices.map(({ systemId }) => systemId))).size).toBe(devicesPerCommit);
    expect((await allDeferred(store)).length).toBe(mostSetAside);
  });
});

test("what many commits set aside, a few devices each, is settled two hundred at a time, after a kill as before", async () => {
  const devices = Array.from({ length: 900 }, (_, place) =>
    device({ id: `5f1a2b3c4d5e6f70${String(place).padStart(8, "0")}`, serial: "PF-1" }),
  );
  await withStorage("handfuls", async (storage) => {
    const store = new StoredSightings(storage);
    let steps = 0;
    for (let at = 0; at < devices.length; at += 9, steps += 1) {
      await save(store, steps, devices.slice(at, at + 9), () => true);
    }
    const again = new StoredSightings(storage);
    await Seen.load(again, steps);
    for (const one of [store, again]) {
      expect(await allDeferred(one)).toEqual(devices);
      expect(await one.deferred(4)).toHaveLength(900 - 4 * 198);
      expect(await one.deferred(5)).toBeUndefined();
    }
  });
});

test("a run that was killed knows again what the commits before it had seen, and nothing of one that never came", async () => {
  const devices = Array.from({ length: 700 }, (_, place) =>
    device({
      id: `5f1a2b3c4d5e6f70${String(place).padStart(8, "0")}`,
      serial: place % 3 === 0 ? null : `PF-${place % 100}`,
      technical: { lastContactAt: new Date(Date.UTC(2026, 0, 1, 0, place)).toISOString() },
    }),
  );
  const [first, second, lost] = [devices.slice(0, 300), devices.slice(300, 600), devices.slice(600)];
  await withStorage("killed", async (storage) => {
    const store = new StoredSightings(storage);
    await save(store, 0, first, (place) => place % 3 === 1);
    const running = await Seen.load(store, 1);
    for (const one of second) running.add(one, false);
    await running.forget([first[4]?.systemId ?? ""]);
    await running.save(1);
    // More set aside than in the attempt that takes its place: what is left of it must not count.
    await save(store, 2, lost, (place) => place % 3 !== 2);

    const again = new StoredSightings(storage);
    const seen = await Seen.load(again, 2);
    expect(seen.size).toBe(599);
    expect((await seen.among([first[4]?.systemId ?? "", lost[0]?.systemId ?? ""])).size).toBe(0);
    expect(await allDeferred(again)).toEqual(first.filter((_, place) => place % 3 === 1));
    const serials = [...devices.flatMap((one) => serialKeyOf(one) ?? [])];
    expect(await seen.claimsOn(serials)).toEqual(await running.claimsOn(serials));

    await save(again, 2, lost, (place) => place === 1);
    const ended = new StoredSightings(storage);
    await Seen.load(ended, 3);
    expect(await allDeferred(ended)).toHaveLength(101);
  });
});
