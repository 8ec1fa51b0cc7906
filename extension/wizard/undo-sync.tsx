import { useState } from "preact/hooks";
import type { Counts, Sync } from "../../shared/syncs.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { AskOnce } from "../ui/ask-once.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { say, sayCount } from "../ui/words.ts";
import type { Step } from "./journey.ts";

/** What became of the undo, where the sync was undone; else the way to do it. */
export function UndoSync({ sync, onStep }: { sync: Sync; onStep: (step: Step) => void }) {
  const { connectionId, undoneBy } = sync;
  if (undoneBy === undefined) return <AskForUndo sync={sync} onStep={onStep} />;
  return (
    <button
      type="button"
      class="small"
      onClick={() => onStep({ is: "resultWanted", connectionId, syncId: undoneBy })}
    >
      {say("showUndo")}
    </button>
  );
}

/** Takes a sync back: says what that does, asks once, and goes to see it done. */
function AskForUndo({ sync, onStep }: { sync: Sync; onStep: (step: Step) => void }) {
  const [trouble, setTrouble] = useState<Trouble>();
  const { connectionId, counts } = sync;
  async function undo() {
    setTrouble(undefined);
    try {
      const { id: syncId } = await callWorker("undoSync", { id: sync.id });
      onStep({ is: "started", kind: "undo", connectionId, syncId, isFirst: false });
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }
  return (
    <>
      <AskOnce
        word={say("undoSync")}
        question={questionOf(counts)}
        yes={say("undoYes")}
        no={say("undoNo")}
        isDanger
        onYes={undo}
      />
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
    </>
  );
}

function questionOf({ updated, created, missing }: Counts): string {
  return [
    say("undoQuestion"),
    ...(updated > 0 ? [sayCount("undoUpdated", updated)] : []),
    ...(created > 0 ? [sayCount("undoCreated", created)] : []),
    ...(missing > 0 ? [sayCount("undoMissing", missing)] : []),
    say("undoRest"),
  ].join(" ");
}
