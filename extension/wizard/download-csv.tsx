import { useState } from "preact/hooks";
import type { Sync } from "../../shared/syncs.ts";
import { ask, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";

/** Saves a sync's devices as a file. The page cannot hold the token, so the background fetches it. */
export function DownloadCsv({ sync }: { sync: Sync }) {
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);
  async function download() {
    setBusy(true);
    setTrouble(undefined);
    try {
      const { csv } = await ask("wizard/changes-csv", { syncId: sync.id });
      save(csv, `jumpcloud-sync-${sync.startedAt.slice(0, 10)}.csv`);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  }
  return (
    <>
      <button type="button" class="small" disabled={isBusy} onClick={() => void download()}>
        {say("downloadCsv")}
      </button>
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
    </>
  );
}

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the file after the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
