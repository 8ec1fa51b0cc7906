import { useState } from "preact/hooks";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { lineOf, whenOf } from "../ui/sync-line.ts";
import { sentenceFor } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { HistoryChart } from "./history-chart.tsx";
import type { Step } from "./journey.ts";

const charted = 30;
const listedAtFirst = 5;

/** The last syncs, as a small chart and as a list whose lines open them. */
export function History({ connectionId, onStep }: { connectionId: string; onStep: (step: Step) => void }) {
  const [loaded] = useLoaded(() =>
    callWorker("listSyncs", { id: connectionId, query: { limit: String(charted) } }),
  );
  const [isWhole, setWhole] = useState(false);
  return (
    <section class="card" aria-busy={loaded.state === "loading"}>
      <h2>{say("historyHeading")}</h2>
      {loaded.state === "loading" && <p class="loading">{say("loading")}</p>}
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
