import type { Counts } from "../../shared/syncs.ts";
import type { ChangeRow, Step } from "../register/commit.ts";
import type { OpenSkip } from "../register/matching.ts";
import type { RunRegister } from "../register/run-register.ts";
import type { Device } from "./device.ts";
import type { Decision, Rules } from "./plan.ts";
import type { Seen } from "./seen.ts";
import type { SeenStore } from "./seen-store.ts";
import type { SerialKey } from "./serial.ts";
import { type Contest, type FirstOutcome, nameOf, nameOfFirst, settleLoser, settleWinner } from "./settle.ts";
import { avoidTakenIds, candidatesOf } from "./window.ts";
import { addDecisions, count } from "./write.ts";

/** The names of the devices that won a serial, among those set aside: the losers' rows name them. */
export type WinnerNames = ReadonlyMap<SerialKey, string>;

/** Looks through all that was set aside for who won; no more than a name a contest stays in memory. */
export async function readWinnerNames(store: SeenStore, seen: Seen): Promise<WinnerNames> {
  const names = new Map<SerialKey, string>();
  for (let portion = 0; ; portion += 1) {
    const devices = await store.deferred(portion);
    if (devices === undefined) return names;
    for (const device of devices) {
      const key = keyOf(device);
      if (seen.claimOn(key).newest === device.systemId) names.set(key, nameOf(device));
    }
  }
}

/**
 * Settles some of the devices that were set aside: reads what they touch, at once, and adds what follows to the
 * step and the counts. Whoever won does not depend on which of a serial's devices are at hand.
 */
export async function settleDevices(
  devices: readonly Device[],
  names: WinnerNames,
  seen: Seen,
  register: RunRegister,
  rules: Rules,
  step: Step,
  counts: Counts,
): Promise<void> {
  const claims = new Map(devices.map((device) => [keyOf(device), seen.claimOn(keyOf(device))]));
  const firsts = [...claims.values()].flatMap(({ first }) => first ?? []);
  const [matches, changes] = await Promise.all([
    register.read([...devices.map(({ systemId }) => systemId), ...firsts], [...claims.keys()]),
    firsts.length === 0 ? [] : register.readChanges(firsts),
  ]);
  const candidates = candidatesOf(matches, rules.connectionId);
  const openSkips = new Map(matches.skips.map((skip) => [skip.systemId, skip]));
  const changeOf = new Map(changes.map((change) => [change.systemId, change]));
  const decisions: Decision[] = [];
  for (const device of devices) {
    const key = keyOf(device);
    const { newest, first: firstId } = seen.claimOn(key);
    const first =
      firstId === undefined
        ? undefined
        : { systemId: firstId, outcome: outcomeOfFirst(firstId, changeOf, openSkips) };
    if (newest !== device.systemId) {
      const winner = first?.systemId === newest ? nameOfFirst(first, candidates) : names.get(key);
      decisions.push(settleLoser(device, winner ?? newest));
      continue;
    }
    const isRival = (systemId: string) => seen.hasSeenWith(systemId, key);
    const contest: Contest = { key, first, isRival, isListed: (systemId) => seen.has(systemId) };
    const settlement = settleWinner(device, contest, candidates, rules);
    if (settlement.withdrawn) withdraw(step, counts, settlement.withdrawn);
    step.uncreated.push(...settlement.uncreated);
    step.restored.push(...settlement.restored);
    decisions.push(...settlement.decisions);
  }
  addDecisions(step, counts, await avoidTakenIds(decisions, register, rules), openSkips);
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
