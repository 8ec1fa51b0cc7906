import { expect, test } from "vitest";
import { judge } from "../../../worker/sync/ending.ts";
import { KeyOutOfReachError } from "../../../worker/vault/vault.ts";

test("a key that KV does not show is waited for longer than KV takes to show it, and only then is it called lost", () => {
  let waitedMs = 0;
  let attempts = 1;
  for (let verdict = judge(new KeyOutOfReachError(), attempts); verdict.kind === "later"; attempts += 1) {
    waitedMs += verdict.waitMs;
    verdict = judge(new KeyOutOfReachError(), attempts + 1);
  }
  expect(waitedMs).toBeGreaterThan(60_000);
  expect(waitedMs).toBeLessThan(5 * 60_000);
  expect(judge(new KeyOutOfReachError(), attempts)).toMatchObject({
    kind: "end",
    keyRejected: true,
    problem: { code: "needs_key" },
  });
});
