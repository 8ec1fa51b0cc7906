import { useState } from "preact/hooks";
import { type ChangeOutcome, hasEnded, type Sync } from "../../shared/syncs.ts";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor, sentenceForCode } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { figure, say, sayCount } from "../ui/words.ts";
import { ChangesTable } from "./changes-table.tsx";
import { ContactSupport } from "./contact-support.tsx";
import { OutcomeBar } from "./outcome-bar.tsx";
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

/** What a sync did, in a sentence, a bar, and devices behind every figure. */
export function Outcomes({ sync }: { sync: Sync }) {
  const [open, setOpen] = useState<ChangeOutcome>();
  const { updated, created, unchanged, skipped, devices } = sync.counts;
  if (devices === 0) return <p class="empty">{say("noDevices")}</p>;
  return (
    <section>
      <p class="sentence">
        {sayCount("assetsUpdated", updated)}
        {say("resultRest", figure(created), figure(unchanged), figure(skipped))}
      </p>
      <OutcomeBar
        counts={sync.counts}
        open={open}
        onOpen={(outcome) => setOpen(outcome === open ? undefined : outcome)}
      />
      {open !== undefined && <ChangesTable key={open} syncId={sync.id} outcome={open} />}
    </section>
  );
}

function titleOf(sync: Sync, isFirst: boolean): string {
  if (!hasEnded(sync.status)) return say("runningTitle");
  if (sync.status !== "succeeded") return say("resultFailedTitle");
  return say(isFirst ? "congrats" : "resultTitle");
}
