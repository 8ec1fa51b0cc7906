import type { Sync } from "../../shared/syncs.ts";
import { lineOf } from "../ui/sync-line.ts";
import { relativeTime, say } from "../ui/words.ts";

/** The last syncs, a line each. */
export function LastSyncs({ syncs }: { syncs: Sync[] }) {
  return (
    <section aria-labelledby="last-syncs">
      <h2 id="last-syncs">{say("lastSyncs")}</h2>
      <ul class="plain last-syncs">
        {syncs.map((sync) => (
          <li key={sync.id}>
            <span class={`mark-${sync.status}`}>{lineOf(sync)}</span>
            <small>{relativeTime(sync.startedAt, Date.now())}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
