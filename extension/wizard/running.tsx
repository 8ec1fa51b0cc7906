import { useState } from "preact/hooks";
import type { Region } from "../../shared/connections.ts";
import type { SyncKind } from "../../shared/syncs.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { AskOnce } from "../ui/ask-once.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf, useLoaded } from "../ui/use-loaded.ts";
import { say, sayCount } from "../ui/words.ts";
import type { Watch } from "./journey.ts";
import { summaryOf } from "./sentences.ts";
import { roughly } from "./time-left.ts";
import { useSync } from "./use-sync.ts";

/** A sync, a preview or an undo on its way. It does not need this page. */
export function Running({
  kind,
  connectionId,
  syncId,
  isFirst,
  movedTo,
  onEnd,
  onClose,
}: Watch & {
  kind: SyncKind;
  /** The region the key was taken to by itself. */
  movedTo: Region | undefined;
  onEnd: () => void;
  onClose: () => void;
}) {
  const [connection] = useLoaded(() => callWorker("getConnection", { id: connectionId }));
  const { sync, trouble } = useSync(syncId, onEnd);
  const [refusal, setRefusal] = useState<Trouble>();
  const { done, total, secondsLeft = 0 } = sync?.progress ?? { done: 0, total: 0 };
  const isKnown = total > 0;

  async function stop() {
    setRefusal(undefined);
    await callWorker("cancelSync", { id: syncId }).catch((error: unknown) => setRefusal(troubleOf(error)));
  }

  return (
    <Screen
      step={isFirst ? 3 : undefined}
      title={say(`running_${kind}`)}
      actions={
        <button type="button" onClick={onClose}>
          {say("close")}
        </button>
      }
    >
      <p class="found">{connection.state === "ready" ? summaryOf(connection.value) : "\u00a0"}</p>
      {movedTo !== undefined && (
        <p class="hint" role="status">
          {say("wentOnInRegion", say(`region_short_${movedTo}`))}
        </p>
      )}
      <div
        class={isKnown ? "progress" : "progress unknown"}
        role="progressbar"
        aria-label={say("syncProgress")}
        aria-valuemin={0}
        aria-valuenow={isKnown ? Math.min(done, total) : undefined}
        aria-valuemax={isKnown ? total : undefined}
        aria-valuetext={isKnown ? sayCount("progressOf", total, done) : undefined}
      >
        <i style={{ inlineSize: isKnown ? `${Math.min(100, (done / total) * 100)}%` : "30%" }} />
      </div>
      <p class="progress-words">
        {isKnown ? sayCount("progressOf", total, done) : say("progressStarting")}
        {secondsLeft > 0 && ` · ${timeLeft(secondsLeft)}`}
      </p>
      <p class="visually-hidden" role="status">
        {isKnown && say("percentDone", Math.floor((done / total) * 4) * 25)}
      </p>
      <p class="aside">{say(kind === "preview" ? "nothingWritten" : "youCanClose")}</p>
      {trouble !== undefined && <Alert mild>{sentenceFor(trouble)}</Alert>}
      {refusal !== undefined && <Alert>{sentenceFor(refusal)}</Alert>}
      <div class="card-actions">
        <AskOnce
          word={say("stop")}
          question={say(kind === "preview" ? "stopPreviewQuestion" : "stopQuestion")}
          yes={say("stopYes")}
          no={say("stopNo")}
          onYes={stop}
        />
      </div>
    </Screen>
  );
}

function timeLeft(seconds: number): string {
  const { unit, amount } = roughly(seconds);
  return sayCount(unit === "seconds" ? "aboutSeconds" : "aboutMinutes", amount);
}
