import type { Counts } from "../../shared/syncs.ts";
import type { ChangeRow, Step } from "../register/commit.ts";
import type { AssetState, OpenSkip } from "../register/matching.ts";
import type { RunRegister } from "../register/run-register.ts";
import type { Device } from "./device.ts";
import { digest, isSame, type Words } from "./digest.ts";
import type { Decision, Rules } from "./plan.ts";
import type { Claim, Seen } from "./seen.ts";
import type { SeenStore } from "./seen-store.ts";
import type { SerialKey } from "./serial.ts";
import { type Contest, type FirstOutcome, nameOf, nameOfFirst, settleLoser, settleWinner } from "./settle.ts";
import { avoidTakenIds, candidatesOf } from "./window.ts";
import { addDecisions, count } from "./write.ts";

/** Who has the serials of some of the devices set aside. */
export interface Verdicts {
  claims: ReadonlyMap<SerialKey, Claim>;
  /** By their ids, what winners are called that were set aside too: the losers' rows name them. */
  names: ReadonlyMap<string, string>;
  /** The first piece they are not about. */
  until: number;
}

/** All that was seen is looked through once for so many devices: no more than their claims stays in memory. */
const devicesPerJudgement = 10_000;

/** Takes the piece of the devices set aside to begin with; judges them and some pieces more. */
export async function judgeFrom(piece: number, store: SeenStore, seen: Seen): Promise<Verdicts> {
  const keys = new Set<SerialKey>();
  const names = new Map<string, string>();
  let until = piece;
  for (; names.size < devicesPerJudgement; until += 1) {
    const devices = await store.deferred(until);
    if (devices === undefined) break;
    for (const device of devices) {
      keys.add(keyOf(device));
      names.set(device.systemId, nameOf(device));
    }
  }
  const claims = await seen.claimsOn([...keys]);
  const winners = new Set(Array.from(claims.values(), ({ newest }) => newest));
  // Of the other pieces, only who won is named.
  for (let at = 0; ; at += 1) {
    if (piece <= at && at < until) continue;
    const devices = await store.deferred(at);
    if (devices === undefined) return { claims, names, until };
    for (const device of devices)
      if (winners.has(device.systemId)) names.set(device.systemId, nameOf(device));
  }
}

/**
 * Settles some of the devices that were set aside: reads what they touch, at once, and adds what follows to the
 * step and the counts. Whoever won does not depend on which of a serial's devices are at hand.
 */
export async function settleDevices(
  setAside: readonly Device[],
  { claims, names }: Verdicts,
  seen: Seen,
  register: RunRegister,
  rules: Rules,
  step: Step,
  counts: Counts,
): Promise<void> {
  const devices = setAside.filter(({ systemId }) => seen.isSetAside(systemId));
  const keyBySystem = new Map(devices.map((device) => [device.systemId, keyOf(device)]));
  const keys = [...new Set(keyBySystem.values())];
  const firsts = new Map(keys.flatMap((key) => firstOf(claims.get(key), key)));
  const [matches, changes] = await Promise.all([
    register.read([...keyBySystem.keys(), ...firsts.keys()], keys),
    firsts.size === 0 ? [] : register.readChanges([...firsts.keys()]),
  ]);
  const candidates = candidatesOf(matches, rules.connectionId);
  const openSkips = new Map(matches.skips.map((skip) => [skip.systemId, skip]));
  const changeOf = new Map(changes.map((change) => [change.systemId, change]));
  const atHand = [...keyBySystem, ...firsts].map(([systemId, key]) => [systemId, digest(key)] as const);
  const serials = await serialsSeen(matches.assets, new Map(atHand), seen);
  const decisions: Decision[] = [];
  for (const device of devices) {
    const key = keyOf(device);
    // It came back with another serial than it was set aside with: nobody else is known to claim this one.
    const claim = claims.get(key) ?? { newest: device.systemId, first: undefined };
    const first =
      claim.first === undefined
        ? undefined
        : { systemId: claim.first, outcome: outcomeOfFirst(claim.first, changeOf, openSkips) };
    if (claim.newest !== device.systemId) {
      const winner =
        first?.systemId === claim.newest ? nameOfFirst(first, candidates) : names.get(claim.newest);
      decisions.push(settleLoser(device, winner ?? claim.newest));
      continue;
    }
    const contest: Contest = {
      key,
      first,
      isRival: (systemId) => hasSerial(serials.get(systemId), key),
      isListed: (systemId) => serials.has(systemId) && !seen.isGone(systemId),
    };
    const settlement = settleWinner(device, contest, candidates, rules);
    if (settlement.withdrawn) withdraw(step, counts, settlement.withdrawn);
    step.uncreated.push(...settlement.uncreated);
    step.restored.push(...settlement.restored);
    decisions.push(...settlement.decisions);
  }
  addDecisions(step, counts, await avoidTakenIds(decisions, register, rules), openSkips);
}

/** With which serial, if any, the walk has seen the systems that assets are linked to, those at hand among them. */
async function serialsSeen(
  assets: readonly AssetState[],
  atHand: ReadonlyMap<string, Words>,
  seen: Seen,
): Promise<ReadonlyMap<string, Words | null>> {
  const holders = assets.flatMap(({ systemId }) =>
    systemId === null || atHand.has(systemId) ? [] : [systemId],
  );
  const others = Array.from(
    await seen.among(holders),
    ([systemId, { serial }]) => [systemId, serial] as const,
  );
  return new Map([...atHand, ...others]);
}

function hasSerial(serial: Words | null | undefined, key: SerialKey): boolean {
  return serial ? isSame(serial, digest(key)) : false;
}

function firstOf(claim: Claim | undefined, key: SerialKey): [string, SerialKey][] {
  return claim?.first === undefined ? [] : [[claim.first, key]];
}

/** Only devices with a serial are set aside. */
function keyOf({ serial, systemId }: Device): SerialKey {
  if (serial.kind !== "usable") throw new Error(`${systemId} was set aside without a serial.`);
  return serial.key;
}

function outcomeOfFirst(
  systemId: string,
  changes: ReadonlyMap<string, ChangeRow>,
  skips: ReadonlyMap<string, OpenSkip>,
): FirstOutcome {
  const change = changes.get(systemId);
  if (change && change.outcome !== "missing") return { outcome: change.outcome, change };
  const skip = skips.get(systemId);
  return skip ? { outcome: "skipped", skip } : { outcome: "unchanged" };
}

function withdraw(step: Step, counts: Counts, { systemId, outcome }: NonNullable<Contest["first"]>): void {
  const reason = outcome.outcome === "skipped" ? outcome.skip.reason : undefined;
  count(counts, outcome.outcome, reason, -1);
  if (outcome.outcome === "created" || outcome.outcome === "updated") step.withdrawn.push(systemId);
}
