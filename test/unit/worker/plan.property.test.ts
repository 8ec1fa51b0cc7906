import fc from "fast-check";
import { expect, test } from "vitest";
import { technicalFields } from "../../../shared/assets.ts";
import type { AssetState } from "../../../worker/register/matching.ts";
import { type Device, lastContactMs } from "../../../worker/sync/device.ts";
import {
  type Created,
  planDevice,
  type Rules,
  type Unchanged,
  type Updated,
} from "../../../worker/sync/plan.ts";
import { isNewer } from "../../../worker/sync/seen.ts";
import { type Contest, settleLoser, settleWinner } from "../../../worker/sync/settle.ts";
import { assetsOf, contactOf, deviceOf } from "./arbitraries.ts";
import { candidates, connectionId } from "./device-builder.ts";

const rulesOf = fc.constantFrom<Rules>({ mode: "sync", connectionId }, { mode: "download", connectionId });

/** The asset as it is once a decision is written. */
function written(decision: Created | Updated | Unchanged): AssetState {
  const { device } = decision;
  const link = { connectionId, systemId: device.systemId, missingSince: null };
  const serialKey = device.serial.kind === "usable" ? device.serial.key : null;
  if (decision.outcome === "created") {
    const { assetId: id, technical } = decision;
    return { id, serialKey, source: "jumpcloud", ...link, technical, updatedAt: "2026-11-24T09:00:00.000Z" };
  }
  const { asset } = decision;
  if (decision.outcome === "unchanged") return asset;
  const fillsSerial = decision.set.serialNumber !== undefined;
  return {
    ...asset,
    ...link,
    serialKey: fillsSerial ? serialKey : asset.serialKey,
    technical: { ...asset.technical, ...decision.set },
  };
}

function check(property: (device: Device, assets: AssetState[], rules: Rules) => void): void {
  fc.assert(fc.property(deviceOf, assetsOf, rulesOf, property), { numRuns: 1000 });
}

test("sync never creates, and download skips nothing for want of an asset or a serial", () => {
  check((device, assets, rules) => {
    const decision = planDevice(device, candidates(...assets), rules);
    if (rules.mode === "sync") expect(decision.outcome).not.toBe("created");
    else if (decision.outcome === "skipped") expect(decision.reason).toMatch(/^duplicate_/);
  });
});

test("what was planned and written is planned as unchanged", () => {
  check((device, assets, rules) => {
    const first = planDevice(device, candidates(...assets), rules);
    if (first.outcome === "skipped" || first.outcome === "contested") return;
    const asset = written(first);
    const others = assets.filter(({ id }) => id !== asset.id);
    const again = planDevice(device, candidates(...others, asset), rules);
    expect(again).toMatchObject({ outcome: "unchanged", asset: { id: asset.id } });
  });
});

test("only technical fields are written, none of them blank, none that is the same already", () => {
  check((device, assets, rules) => {
    const decision = planDevice(device, candidates(...assets), rules);
    if (decision.outcome !== "updated") return;
    for (const [field, value] of Object.entries(decision.set)) {
      expect(technicalFields).toContain(field);
      expect(value ?? "").not.toBe("");
      expect(value).not.toBe(decision.asset.technical[field as keyof typeof decision.set]);
    }
  });
});

test("a serial that an asset has is never replaced", () => {
  check((device, assets, rules) => {
    const decision = planDevice(device, candidates(...assets), rules);
    if (decision.outcome !== "updated" || decision.asset.serialKey === null) return;
    expect(decision.set).not.toHaveProperty("serialNumber");
  });
});

test("a heartbeat alone is no change", () => {
  fc.assert(
    fc.property(deviceOf, assetsOf, rulesOf, contactOf, (device, assets, rules, lastContactAt) => {
      const first = planDevice(device, candidates(...assets), rules);
      if (first.outcome === "skipped" || first.outcome === "contested") return;
      const asset = written(first);
      const others = assets.filter(({ id }) => id !== asset.id);
      const later = { ...device, technical: { ...device.technical, lastContactAt } };
      expect(planDevice(later, candidates(...others, asset), rules).outcome).toBe("unchanged");
    }),
    { numRuns: 1000 },
  );
});

test("the order in which assets are read does not matter", () => {
  check((device, assets, rules) => {
    const decision = planDevice(device, candidates(...assets), rules);
    expect(planDevice(device, candidates(...assets.toReversed()), rules)).toEqual(decision);
  });
});

test("of the devices with one serial at most one is not a duplicate, whatever their order", () => {
  const twinsOf = fc
    .uniqueArray(deviceOf, { minLength: 2, maxLength: 4, selector: ({ systemId }) => systemId })
    .map((devices) => devices.map((device) => ({ ...device, serial: serialOfAll })));
  fc.assert(
    fc.property(twinsOf, assetsOf, rulesOf, (deferred, assets, rules) => {
      const decide = (devices: Device[]) => {
        const listed = new Set(devices.map(({ systemId }) => systemId));
        const isThere = (systemId: string) => listed.has(systemId);
        const contest: Contest = {
          key: serialOfAll.key,
          first: undefined,
          isRival: isThere,
          isListed: isThere,
        };
        const [newest] = devices
          .map((device) => ({ systemId: device.systemId, contactMs: lastContactMs(device) }))
          .sort((one, other) => (isNewer(one, other) ? -1 : 1));
        return devices.flatMap((device) =>
          newest?.systemId === device.systemId
            ? settleWinner(device, contest, candidates(...assets), rules).decisions
            : settleLoser(device, "the winner"),
        );
      };
      const decisions = decide(deferred);
      const settled = decisions.filter(
        (one) => !(one.outcome === "skipped" && one.reason === "duplicate_device"),
      );
      expect(settled.length).toBeLessThanOrEqual(1);
      expect(decisions).toHaveLength(deferred.length);
      expect(new Set(decide(deferred.toReversed()))).toEqual(new Set(decisions));
    }),
    { numRuns: 1000 },
  );
});

const serialOfAll = { kind: "usable", key: "c02xk1", text: "C02XK1" } as Extract<
  Device["serial"],
  { kind: "usable" }
>;
