import { useState } from "preact/hooks";
import type { Sync } from "../../shared/syncs.ts";
import type { Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { copyText } from "../ui/copy-button.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { say, sayCount } from "../ui/words.ts";
import { ChangeReader } from "./change-reader.ts";
import { noteForSupport } from "./note-for-support.ts";

/** Copies what support needs to assign employees: ids and counts, no secret and nobody's name. */
export function AssignEmployees({ sync }: { sync: Sync }) {
  const [outcome, setOutcome] = useState<{ assets: number; refusedText?: string }>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);
  async function copy() {
    setBusy(true);
    setTrouble(undefined);
    setOutcome(undefined);
    try {
      const changes = await new ChangeReader(sync.id, undefined, "").next(Number.POSITIVE_INFINITY);
      const assetIds = changes.flatMap(({ assetId, outcome }) =>
        assetId !== undefined && outcome !== "missing" ? [assetId] : [],
      );
      const note = noteForSupport(sync, assetIds);
      const isCopied = (await copyText(note)) === "copied";
      setOutcome({ assets: assetIds.length, ...(!isCopied && { refusedText: note }) });
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  }
  return (
    <>
      <button type="button" class="small" disabled={isBusy} onClick={() => void copy()}>
        {say("assignEmployees")}
      </button>
      <span class="hint" role="status">
        {outcome !== undefined &&
          outcome.refusedText === undefined &&
          sayCount("assignCopied", outcome.assets)}
      </span>
      {outcome?.refusedText !== undefined && (
        <textarea readOnly rows={6} aria-label={say("copyByHand")} value={outcome.refusedText} />
      )}
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
    </>
  );
}
