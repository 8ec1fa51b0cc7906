import { useEffect, useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { hasEnded, type Sync } from "../../shared/syncs.ts";
import { callWorker, syncPort, type Trouble } from "../messages.ts";
import { troubleOf } from "../ui/use-loaded.ts";

const pace = 500;
const paceInTrouble = 3000;

export interface Watched {
  sync: Sync | undefined;
  trouble: Trouble | undefined;
}

/**
 * Follows a sync until it has ended: by what the Worker tells of it, and where that breaks off by asking. A failed
 * look is told and tried again: the sync goes on without us.
 */
export function useSync(syncId: string, onEnd: (sync: Sync) => void): Watched {
  const [watched, setWatched] = useState<Watched>({ sync: undefined, trouble: undefined });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    function show(sync: Sync) {
      if (isOver) return;
      setWatched({ sync, trouble: undefined });
      isOver = hasEnded(sync.status);
      if (isOver) onEnd(sync);
    }
    async function look() {
      if (isOver) return;
      try {
        show(await callWorker("getSync", { id: syncId }));
        timer = setTimeout(look, pace);
      } catch (error) {
        if (isOver) return;
        setWatched((before) => ({ ...before, trouble: troubleOf(error) }));
        timer = setTimeout(look, paceInTrouble);
      }
    }
    const port = browser.runtime.connect({ name: `${syncPort}${syncId}` });
    port.onMessage.addListener(show);
    port.onDisconnect.addListener(() => void look());
    return () => {
      isOver = true;
      clearTimeout(timer);
      port.disconnect();
    };
  }, [syncId]);
  return watched;
}
