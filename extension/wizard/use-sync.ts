import { useEffect, useState } from "preact/hooks";
import { hasEnded, type Sync } from "../../shared/syncs.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { type Sample, secondsLeft, withSample } from "./time-left.ts";

const pace = 500;
const paceInTrouble = 3000;

export interface Watched {
  sync: Sync | undefined;
  secondsLeft: number | undefined;
  trouble: Trouble | undefined;
}

/** Follows a sync until it has ended. A failed look is told and tried again: the sync goes on without us. */
export function useSync(syncId: string, onEnd: (sync: Sync) => void): Watched {
  const [watched, setWatched] = useState<Watched>({
    sync: undefined,
    secondsLeft: undefined,
    trouble: undefined,
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let samples: Sample[] = [];
    async function look() {
      try {
        const sync = await callWorker("getSync", { id: syncId });
        if (isOver) return;
        samples = withSample(samples, { at: performance.now(), done: sync.progress.done });
        setWatched({ sync, secondsLeft: secondsLeft(samples, sync.progress.total), trouble: undefined });
        if (hasEnded(sync.status)) return onEnd(sync);
        timer = setTimeout(look, pace);
      } catch (error) {
        if (isOver) return;
        setWatched((before) => ({ ...before, trouble: troubleOf(error) }));
        timer = setTimeout(look, paceInTrouble);
      }
    }
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [syncId]);
  return watched;
}
