import fc from "fast-check";
import { beforeAll, test } from "vitest";
import { spreadStepOf, stepOf } from "./fleets.ts";
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
    { numRuns: 40, seed: 1, interruptAfterTimeLimit: 60_000 },
  );
}, 90_000);

test("twins and repeated rows that lie windows apart come to the same as side by side", async () => {
  const steps = fc.array(spreadStepOf, { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const register = await FollowedRegister.open(jumpcloud);
      for (const step of steps) await register.follow(step);
    }),
    { numRuns: 6, seed: 1, interruptAfterTimeLimit: 60_000 },
  );
}, 90_000);
