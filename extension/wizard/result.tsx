import { hasEnded, type Sync } from "../../shared/syncs.ts";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { FailedScreen, LoadingScreen, Screen } from "../ui/screen.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { AssetCharts } from "./asset-charts.tsx";
import { AssignEmployees } from "./assign-employees.tsx";
import { ContactSupport } from "./contact-support.tsx";
import type { Step, Watch } from "./journey.ts";
import { Outcomes } from "./outcomes.tsx";
import { pastSentence } from "./sentences.ts";
import { SyncTrouble } from "./sync-trouble.tsx";

/** Step 4: what a sync did, and what one can do with it. */
export function Result({
  connectionId,
  syncId,
  isFirst,
  dotsOrigin,
  onDone,
  onStep,
}: Watch & {
  dotsOrigin: string | undefined;
  onDone: () => void;
  onStep: (step: Step) => void;
}) {
  const [loaded, reload] = useLoaded(() => callWorker("getSync", { id: syncId }));
  const manage = () => onStep({ is: "manageWanted", connectionId });
  const actions = (
    <>
      <button type="button" onClick={manage}>
        {say("manage")}
      </button>
      <button type="button" class="primary" onClick={onDone}>
        {say("done")}
      </button>
    </>
  );
  if (loaded.state === "loading") return <LoadingScreen />;
  if (loaded.state === "failed")
    return (
      <FailedScreen
        title={say("resultFailedTitle")}
        trouble={loaded.trouble}
        onRetry={reload}
        actions={actions}
      />
    );
  const sync = loaded.value;
  return (
    <Screen step={isFirst ? 4 : undefined} title={titleOf(sync, isFirst)} actions={actions}>
      {sync.problem !== undefined && <SyncTrouble sync={sync} onStep={onStep} />}
      {sync.status === "cancelled" && <Alert mild>{say("stoppedSentence")}</Alert>}
      <Outcomes
        sync={sync}
        sentence={pastSentence(sync.counts)}
        tense="past"
        onChangeMode={sync.mode === "sync" ? manage : undefined}
      />
      <AssetCharts />
      <section class="card-actions" aria-label={say("withThisSync")}>
        <AssignEmployees sync={sync} />
      </section>
      <ContactSupport syncId={sync.id} dotsOrigin={dotsOrigin} />
    </Screen>
  );
}

function titleOf(sync: Sync, isFirst: boolean): string {
  if (!hasEnded(sync.status)) return say(`running_${sync.kind}`);
  if (sync.status === "cancelled") return say("stoppedTitle");
  if (sync.status !== "succeeded") return say("resultFailedTitle");
  if (sync.kind === "undo") return say("undoneTitle");
  return say(isFirst ? "congrats" : "resultTitle");
}
