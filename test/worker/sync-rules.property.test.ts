import fc from "fast-check";
import { beforeAll, test } from "vitest";
import { plainDevice, type Step, spreadStepOf, stepOf } from "./fleets.ts";
import { FollowedRegister } from "./followed-register.ts";
import { type SimulatedJumpCloud, simulateJumpCloud } from "./simulated-jumpcloud.ts";

let jumpcloud: SimulatedJumpCloud;
beforeAll(() => {
  jumpcloud = simulateJumpCloud();
});

test("whatever the fleets, the assets and the modes: the Worker comes to what the model of the rules says, step after step", async () => {
  const steps = fc.array(stepOf, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const register = await FollowedRegister.open(jumpcloud);
      for (const step of steps) await register.follow(step);
    }),
    { numRuns: 40, seed: 1, interruptAfterTimeLimit: 30_000 },
  );
}, 90_000);

test("twins and repeated rows that lie windows apart come to the same as side by side", async () => {
  const steps = fc.array(spreadStepOf, { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const register = await FollowedRegister.open(jumpcloud);
      for (const step of steps) await register.follow(step);
    }),
    { numRuns: 6, seed: 1, interruptAfterTimeLimit: 30_000 },
  );
}, 90_000);

test("a device keeps the asset that it is linked to though it has a twin by now, and two assets have its serial", async () => {
  const [id, twin] = ["5f0000000000000000000011", "5f0000000000000000000022"];
  const [then, later] = ["2026-11-01T09:00:00.000Z", "2026-11-02T09:00:00.000Z"];
  const of = (...devices: Step["list"]["devices"]): Step["list"] => ({
    devices,
    order: devices.map((_, place) => place),
  });
  const register = await FollowedRegister.open(jumpcloud);
  const step = { connection: 0, mode: "download" } as const;
  await register.follow({ ...step, imported: [], list: of(plainDevice(id, "C02XK1", then, "1")) });
  const imported = ["A-1", "A-2"].map((asset) => ({ id: asset, serialNumber: "PF-2" }));
  const devices = [plainDevice(id, "PF-2", later, "2"), plainDevice(twin, "PF-2", then, "2")];
  await register.follow({ ...step, imported, list: of(...devices) });
}, 60_000);
