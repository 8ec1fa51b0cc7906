import { hasEnded, type Sync, type SyncKind } from "../../shared/syncs.ts";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { FailedScreen, LoadingScreen, Screen } from "../ui/screen.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { AssetCharts } from "./asset-charts.tsx";
import { AssignEmployees } from "./assign-employees.tsx";
import { ContactSupport } from "./contact-support.tsx";
import { DownloadCsv } from "./download-csv.tsx";
import type { Step, Watch } from "./journey.ts";
import type { Tense } from "./outcome-bar.tsx";
import { Outcomes } from "./outcomes.tsx";
import { futureSentence, pastSentence, undoSentence } from "./sentences.ts";
import { SyncTrouble } from "./sync-trouble.tsx";
import { UndoSync } from "./undo-sync.tsx";

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
  const { updated, created, skipped, missing } = sync.counts;
  const wrote = sync.kind === "sync" && updated + created + missing > 0;
  const isListed = updated + created + skipped + missing > 0;
  return (
    <Screen step={isFirst ? 4 : undefined} title={titleOf(sync, isFirst)} actions={actions}>
      {sync.problem !== undefined && <SyncTrouble sync={sync} onStep={onStep} />}
      {sync.undoneBy !== undefined && <Alert mild>{say("wasUndone")}</Alert>}
      {sync.status === "cancelled" && sync.kind === "sync" && <Alert mild>{say("stoppedSentence")}</Alert>}
      <Outcomes
        sync={sync}
        sentence={sentenceOf(sync)}
        tense={tenses[sync.kind]}
        onChangeMode={sync.mode === "sync" ? manage : undefined}
      />
      <AssetCharts />
      {isListed && (
        <section class="card-actions" aria-label={say("withThisSync")}>
          <DownloadCsv sync={sync} />
          {sync.kind === "sync" && <AssignEmployees sync={sync} />}
          {wrote && <UndoSync sync={sync} onStep={onStep} />}
        </section>
      )}
      <ContactSupport syncId={sync.id} dotsOrigin={dotsOrigin} />
    </Screen>
  );
}

const tenses: Record<SyncKind, Tense> = { sync: "past", preview: "future", undo: "undone" };

function sentenceOf(sync: Sync): string {
  if (sync.kind === "preview") return futureSentence(sync);
  return sync.kind === "undo" ? undoSentence(sync.counts) : pastSentence(sync.counts);
}

function titleOf(sync: Sync, isFirst: boolean): string {
  if (!hasEnded(sync.status)) return say(`running_${sync.kind}`);
  if (sync.status === "cancelled") return say("stoppedTitle");
  if (sync.status !== "succeeded") return say("resultFailedTitle");
  if (sync.kind === "undo") return say("undoneTitle");
  if (sync.kind === "preview") return say("previewTitle");
  return say(isFirst ? "congrats" : "resultTitle");
}
