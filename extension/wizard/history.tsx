import { useState } from "preact/hooks";
import type { Sync } from "../../shared/syncs.ts";
import { Alert } from "../ui/alert.tsx";
import { lineOf, whenOf } from "../ui/sync-line.ts";
import { sentenceFor } from "../ui/trouble.ts";
import type { Loaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { HistoryChart } from "./history-chart.tsx";
import type { Step } from "./journey.ts";

/** So many syncs are charted: as many as are to be loaded. */
export const charted = 30;
const listedAtFirst = 5;

/** The last syncs, as a small chart and as a list whose lines open them. */
export function History({
  connectionId,
  loaded,
  onStep,
}: {
  connectionId: string;
  loaded: Exclude<Loaded<{ items: Sync[] }>, { state: "loading" }>;
  onStep: (step: Step) => void;
}) {
  const [isWhole, setWhole] = useState(false);
  return (
    <section class="card">
      <h2>{say("historyHeading")}</h2>
      {loaded.state === "failed" && <Alert mild>{sentenceFor(loaded.trouble)}</Alert>}
      {loaded.state === "ready" && loaded.value.items.length === 0 && (
        <p class="empty">{say("historyEmpty")}</p>
      )}
      {loaded.state === "ready" && loaded.value.items.length > 0 && (
        <>
          <HistoryChart syncs={loaded.value.items} />
          <ul class="plain history">
            {loaded.value.items.slice(0, isWhole ? charted : listedAtFirst).map((sync) => (
              <li key={sync.id}>
                <button
                  type="button"
                  class="row"
                  onClick={() =>
                    onStep(
                      sync.finishedAt === undefined
                        ? { is: "started", kind: sync.kind, connectionId, syncId: sync.id, isFirst: false }
                        : { is: "resultWanted", connectionId, syncId: sync.id },
                    )
                  }
                >
                  <span class={`mark-${sync.status}`}>{lineOf(sync)}</span>
                  <small>{whenOf(sync)}</small>
                </button>
              </li>
            ))}
          </ul>
          {!isWhole && loaded.value.items.length > listedAtFirst && (
            <div>
              <button type="button" class="link" onClick={() => setWhole(true)}>
                {say("showMore")}
              </button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
