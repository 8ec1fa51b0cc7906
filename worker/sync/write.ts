import type { Counts, SkipReason } from "../../shared/syncs.ts";
import type { ChangeRow, Step } from "../register/commit.ts";
import type { OpenSkip } from "../register/matching.ts";
import type { Created, Decision, Skipped, Updated } from "./plan.ts";

/**
 * Adds decisions to what a step writes, and counts them. Pure but for the step and the counts it is handed.
 * `openSkips`: the lasting skips of the devices at hand; a skip that goes on is not written again.
 */
export function addDecisions(
  step: Step,
  counts: Counts,
  decisions: readonly Decision[],
  openSkips: ReadonlyMap<string, OpenSkip>,
): void {
  for (const decision of decisions) {
    count(counts, decision.outcome, decision.outcome === "skipped" ? decision.reason : undefined, 1);
    if (decision.outcome === "skipped") {
      addSkip(step, decision, openSkips.get(decision.systemId));
      continue;
    }
    if (openSkips.has(decision.device.systemId)) step.skipsEnded.push(decision.device.systemId);
    if (decision.outcome === "created") addCreated(step, decision);
    else if (decision.outcome === "updated") addUpdated(step, decision);
    else if (decision.heartbeatAt !== undefined) {
      step.heartbeats.push({ id: decision.asset.id, lastContactAt: decision.heartbeatAt });
    }
  }
}

/** Adds to the counts, or takes away: `times` -1. */
export function count(
  counts: Counts,
  outcome: Decision["outcome"],
  reason: SkipReason | undefined,
  times: 1 | -1,
): void {
  counts.devices += times;
  counts[outcome] += times;
  if (reason === undefined) return;
  const left = (counts.reasons[reason] ?? 0) + times;
  if (left === 0) delete counts.reasons[reason];
  else counts.reasons[reason] = left;
}

/** Whether a step writes anything but the run's own standing. */
export function isEmpty(step: Step): boolean {
  return Object.values(step).every((rows) => rows.length === 0);
}

function addCreated(step: Step, { device, assetId, technical }: Created): void {
  const { systemId, name, type } = device;
  const serialKey = device.serial.kind === "usable" ? device.serial.key : null;
  step.created.push({ id: assetId, serialKey, name, type, systemId, technical });
  const known = Object.fromEntries(Object.entries(technical).filter(([, value]) => value !== null));
  step.changes.push(changeOf("created", device, assetId, null, null, { name, type, ...known }));
}

function addUpdated(step: Step, { device, asset, set, linked, returned }: Updated): void {
  const { systemId } = device;
  const fillsSerial = set.serialNumber !== undefined && device.serial.kind === "usable";
  if (Object.keys(set).length > 0)
    step.updated.push({ id: asset.id, technical: { ...asset.technical, ...set } });
  if (linked || returned || fillsSerial) {
    const serialKey = fillsSerial && device.serial.kind === "usable" ? device.serial.key : asset.serialKey;
    step.linked.push({ id: asset.id, systemId, serialKey });
  }
  const before: Record<string, unknown> = {};
  for (const field of Object.keys(set) as (keyof typeof set)[]) before[field] = asset.technical[field];
  const after: Record<string, unknown> = { ...set };
  if (linked) {
    before.systemId = asset.systemId;
    before.connectionId = asset.connectionId;
    after.systemId = systemId;
  }
  if (returned) {
    before.missingSince = asset.missingSince;
    after.missingSince = null;
  }
  step.changes.push(changeOf("updated", device, asset.id, asset.updatedAt, before, after));
}

function addSkip(step: Step, skipped: Skipped, open: OpenSkip | undefined): void {
  const { systemId, serialNumber, hostname, reason, related } = skipped;
  if (open?.reason === reason && JSON.stringify(open.related) === JSON.stringify(related)) return;
  if (open !== undefined) step.skipsEnded.push(systemId);
  step.skipsBegun.push({ systemId, reason, serialNumber, hostname, related });
}

function changeOf(
  outcome: ChangeRow["outcome"],
  device: Created["device"],
  assetId: string,
  beforeAt: string | null,
  before: object | null,
  after: object | null,
): ChangeRow {
  const serialNumber = device.serial.kind === "none" ? null : device.serial.text;
  const hostname = device.technical.hostname ?? device.name;
  return { systemId: device.systemId, outcome, assetId, serialNumber, hostname, before, after, beforeAt };
}
