import type { Sync } from "../../shared/syncs.ts";
import { figure, say } from "../ui/words.ts";

/** The last syncs side by side, oldest first: how many assets each updated and added, and which did not end well. */
export function HistoryChart({ syncs }: { syncs: Sync[] }) {
  const shown = syncs.filter(({ kind }) => kind === "sync").toReversed();
  const most = Math.max(1, ...shown.map(({ counts }) => counts.updated + counts.created));
  const failed = shown.filter(({ status }) => status === "failed").length;
  return (
    <div
      class="history-chart"
      role="img"
      aria-label={say("historyChart", figure(shown.length), figure(failed), figure(most))}
    >
      {shown.map((sync) => (
        <i key={sync.id} class={sync.status}>
          <i class="created" style={{ blockSize: `${(sync.counts.created / most) * 100}%` }} />
          <i class="updated" style={{ blockSize: `${(sync.counts.updated / most) * 100}%` }} />
        </i>
      ))}
    </div>
  );
}
