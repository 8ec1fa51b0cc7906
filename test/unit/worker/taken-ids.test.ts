import { expect, test } from "vitest";
import type { AssetState } from "../../../worker/register/matching.ts";
import type { RunRegister } from "../../../worker/register/run-register.ts";
import { planDevice } from "../../../worker/sync/plan.ts";
import { avoidTakenIds } from "../../../worker/sync/window.ts";
import { asset, candidates, connectionId, device } from "./device-builder.ts";

const rules = { mode: "download", connectionId } as const;

/** What becomes of a new device where assets with these ids are there. */
async function created(serial: string | undefined, existing: AssetState[]) {
  const decision = planDevice(device({ id: "s1", ...(serial ? { serial } : {}) }), candidates(), rules);
  if (decision.outcome === "contested") throw new Error("Nobody else has the device's asset.");
  const register: Pick<RunRegister, "readByIds"> = {
    readByIds: async (ids) =>
      existing.filter(({ id }) => ("from" in ids ? ids.from <= id && id <= ids.to : ids.includes(id))),
  };
  const [settled] = await avoidTakenIds([decision], register as RunRegister, rules);
  return settled;
}

/** Made by an earlier connection, and left unlinked when that was disconnected. */
function former(serial?: string): AssetState {
  return { ...asset({ id: "jc-s1", ...(serial ? { serial } : {}) }), source: "jumpcloud" };
}

test("a new device whose asset from an earlier connection is there takes it over, with or without a serial", async () => {
  for (const serial of [undefined, "C02XK1"]) {
    expect(await created(serial, [former()])).toMatchObject({
      outcome: "updated",
      asset: { id: "jc-s1" },
      linked: true,
    });
  }
});

test("an asset with another serial is another machine's, though it has the id: it is left alone", async () => {
  expect(await created("C02XK1", [former("C02OLD")])).toMatchObject({
    outcome: "created",
    assetId: "jc-s1-2",
  });
});

test("ids that are taken are passed over, however many", async () => {
  const existing = ["jc-s1", "jc-s1-2", "jc-s1-3"].map((id) => asset({ id, systemId: `other-${id}` }));
  expect(await created("C02XK1", existing)).toMatchObject({ outcome: "created", assetId: "jc-s1-4" });
});
