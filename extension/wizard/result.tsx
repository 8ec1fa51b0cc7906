import { hasEnded, type Sync } from "../../shared/syncs.ts";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor, sentenceForCode } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { ContactSupport } from "./contact-support.tsx";
import { Outcomes } from "./outcomes.tsx";
import { SystemsChart } from "./systems-chart.tsx";

/** Step 4: what a sync did. */
export function Result({
  syncId,
  isFirst,
  dotsOrigin,
  onDone,
  onOverview,
}: {
  syncId: string;
  isFirst: boolean;
  dotsOrigin: string | undefined;
  onDone: () => void;
  onOverview: () => void;
}) {
  const [loaded, reload] = useLoaded(() => callWorker("getSync", { id: syncId }));
  const actions = (
    <>
      <button type="button" onClick={onOverview}>
        {say("manage")}
      </button>
      <button type="button" class="primary" onClick={onDone}>
        {say("done")}
      </button>
    </>
  );
  if (loaded.state === "loading")
    return (
      <main class="screen" aria-busy="true">
        <p class="loading">{say("loading")}</p>
      </main>
    );
  if (loaded.state === "failed")
    return (
      <Screen title={say("resultFailedTitle")} actions={actions}>
        <Alert
          action={
            <button type="button" class="small" onClick={reload}>
              {say("tryAgain")}
            </button>
          }
        >
          {sentenceFor(loaded.trouble)}
        </Alert>
      </Screen>
    );
  const sync = loaded.value;
  return (
    <Screen step={isFirst ? 4 : undefined} title={titleOf(sync, isFirst)} actions={actions}>
      {sync.problem !== undefined && (
        <Alert mild={sync.status === "succeeded"}>{sentenceForCode(sync.problem.code)}</Alert>
      )}
      <Outcomes sync={sync} />
      <SystemsChart />
      <ContactSupport syncId={sync.id} dotsOrigin={dotsOrigin} />
    </Screen>
  );
}

function titleOf(sync: Sync, isFirst: boolean): string {
  if (!hasEnded(sync.status)) return say("runningTitle");
  if (sync.status !== "succeeded") return say("resultFailedTitle");
  return say(isFirst ? "congrats" : "resultTitle");
}
