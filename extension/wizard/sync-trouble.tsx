import type { Sync, SyncProblem } from "../../shared/syncs.ts";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { sentenceForSync } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import type { Step } from "./journey.ts";
import { useSyncStart } from "./use-sync-start.ts";

/** Nothing to do where JumpCloud only asks to wait, or left out what the next sync asks for again. */
const mending: Partial<Record<SyncProblem["code"], "tryNow" | "nothing">> = {
  jumpcloud_unavailable: "tryNow",
  jumpcloud_rate_limited: "nothing",
  insights_unavailable: "nothing",
};

/** What a sync says of itself, and the one button that mends it. */
export function SyncTrouble({ sync, onStep }: { sync: Sync; onStep: (step: Step) => void }) {
  const { connectionId, problem } = sync;
  const [connection] = useLoaded(() => callWorker("getConnection", { id: connectionId }));
  const { start, isBusy } = useSyncStart(connectionId, onStep);
  if (problem === undefined) return null;
  const needsKey = connection.state === "ready" && connection.value.status === "needs_key";
  const word = needsKey ? "renewKey" : (mending[problem.code] ?? "syncAgain");
  const mend = needsKey ? () => onStep({ is: "renewWanted", connectionId }) : () => void start();
  const action = word !== "nothing" && (
    <button type="button" class="small" disabled={isBusy} onClick={mend}>
      {say(word)}
    </button>
  );
  const sentence = sentenceForSync(sync, connection.state === "ready" ? connection.value : undefined);
  return (
    <Alert mild={sync.status === "succeeded"} action={action}>
      {sentence}
    </Alert>
  );
}
