import type { Counts } from "../../shared/syncs.ts";
import type { ChangeRow, Step } from "../register/commit.ts";
import type { OpenSkip } from "../register/matching.ts";
import type { RunRegister } from "../register/run-register.ts";
import type { Rules } from "./plan.ts";
import type { Contest, Seen } from "./seen.ts";
import { type FirstOutcome, settle } from "./settle.ts";
import { avoidTakenIds, candidatesOf } from "./window.ts";
import { addDecisions, count } from "./write.ts";

/** So many contests are settled in one commit. */
export const contestsPerStep = 200;

/** Settles some contests: reads what they touch, and adds what follows to the step and the counts. */
export async function settleContests(
  contests: readonly Contest[],
  seen: Seen,
  register: RunRegister,
  rules: Rules,
  step: Step,
  counts: Counts,
): Promise<void> {
  const firsts = contests.flatMap(({ first }) => (first ? [first.systemId] : []));
  const systemIds = contests
    .flatMap(({ deferred }) => deferred.map(({ systemId }) => systemId))
    .concat(firsts);
  const [matches, changes] = await Promise.all([
    register.read(
      systemIds,
      contests.map(({ key }) => key),
    ),
    firsts.length === 0 ? [] : register.readChanges(firsts),
  ]);
  const candidates = candidatesOf(matches, rules.connectionId);
  const openSkips = new Map(matches.skips.map((skip) => [skip.systemId, skip]));
  const changeOf = new Map(changes.map((change) => [change.systemId, change]));
  for (const contest of contests) {
    const first = firstOutcome(contest, changeOf, openSkips);
    const settlement = settle(contest, first, candidates, (systemId) => seen.has(systemId), rules);
    if (settlement.withdrawn) withdraw(step, counts, settlement.withdrawn);
    step.uncreated.push(...settlement.uncreated);
    step.restored.push(...settlement.restored);
    const decisions =
      settlement.uncreated.length > 0
        ? settlement.decisions
        : await avoidTakenIds(settlement.decisions, register, rules);
    addDecisions(step, counts, decisions, openSkips);
  }
}

function firstOutcome(
  { first }: Contest,
  changes: ReadonlyMap<string, ChangeRow>,
  skips: ReadonlyMap<string, OpenSkip>,
): FirstOutcome {
  const change = first && changes.get(first.systemId);
  if (change && change.outcome !== "missing") return { outcome: change.outcome, change };
  const skip = first && skips.get(first.systemId);
  return skip ? { outcome: "skipped", skip } : { outcome: "unchanged" };
}

function withdraw(
  step: Step,
  counts: Counts,
  { systemId, outcome }: { systemId: string; outcome: FirstOutcome },
): void {
  const reason = outcome.outcome === "skipped" ? outcome.skip.reason : undefined;
  count(counts, outcome.outcome, reason, -1);
  if (outcome.outcome === "created" || outcome.outcome === "updated") step.withdrawn.push(systemId);
}
