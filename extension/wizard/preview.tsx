import { useState } from "preact/hooks";
import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { FailedScreen, LoadingScreen, Screen } from "../ui/screen.tsx";
import { sentenceFor, sentenceForSync } from "../ui/trouble.ts";
import { troubleOf, useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { dropHeld, previewAgain, startHeld } from "./held-connection.ts";
import type { Step, Watch } from "./journey.ts";
import { Outcomes } from "./outcomes.tsx";
import { futureSentence, summaryOf } from "./sentences.ts";

/** What a first sync would do, before anything is written. Turning back leaves nothing behind. */
export function Preview({ connectionId, syncId, onStep }: Watch & { onStep: (step: Step) => void }) {
  const [loaded, reload] = useLoaded(() =>
    Promise.all([callWorker("getSync", { id: syncId }), callWorker("getConnection", { id: connectionId })]),
  );
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);

  async function attempt(work: () => Promise<Step>) {
    setBusy(true);
    setTrouble(undefined);
    try {
      onStep(await work());
    } catch (error) {
      setTrouble(troubleOf(error));
      setBusy(false);
    }
  }
  const back = () =>
    attempt(async () => {
      await dropHeld(connectionId);
      return { is: "back" };
    });

  if (loaded.state === "loading") return <LoadingScreen />;
  if (loaded.state === "failed")
    return <FailedScreen title={say("previewTitle")} trouble={loaded.trouble} onRetry={reload} />;
  const [sync, connection] = loaded.value;
  const isComplete = sync.status === "succeeded";
  return (
    <Screen
      step={3}
      title={say(isComplete ? "previewTitle" : "previewFailedTitle")}
      actions={
        <>
          <button type="button" disabled={isBusy} onClick={() => void back()}>
            {say("back")}
          </button>
          {isComplete ? (
            <button
              type="button"
              class="primary"
              disabled={isBusy}
              onClick={() => void attempt(() => startHeld(connectionId))}
            >
              {say("startSync")}
            </button>
          ) : (
            <button
              type="button"
              class="primary"
              disabled={isBusy}
              onClick={() => void attempt(() => previewAgain(connectionId))}
            >
              {say("tryAgain")}
            </button>
          )}
        </>
      }
    >
      <p class="found">{summaryOf(connection)}</p>
      {sync.problem !== undefined && <Alert mild={isComplete}>{sentenceForSync(sync)}</Alert>}
      {isComplete && <Outcomes sync={sync} sentence={futureSentence(sync)} tense="future" />}
      <p class="promise">{say("nothingWritten")}</p>
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
    </Screen>
  );
}
