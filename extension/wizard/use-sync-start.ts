import { useState } from "preact/hooks";
import { callWorker, type Trouble } from "../messages.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import type { Step } from "./journey.ts";

/** A way to start a sync from a screen: goes to it, or to the one that runs already; else says what kept it. */
export function useSyncStart(
  connectionId: string,
  onStep: (step: Step) => void,
): { start: () => Promise<void>; isBusy: boolean; trouble: Trouble | undefined } {
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);
  async function start() {
    setBusy(true);
    setTrouble(undefined);
    try {
      const { id: syncId } = await callWorker("startSync", { id: connectionId });
      onStep({ is: "started", kind: "sync", connectionId, syncId, isFirst: false });
    } catch (error) {
      const found = troubleOf(error);
      if (found.code === "sync_running" && found.syncId !== undefined)
        onStep({ is: "started", kind: "sync", connectionId, syncId: found.syncId, isFirst: false });
      else setTrouble(found);
      setBusy(false);
    }
  }
  return { start, isBusy, trouble };
}
