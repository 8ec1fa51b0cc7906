import { callWorker } from "../messages.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { figure, say } from "../ui/words.ts";
import { barsOf } from "./bars.ts";

/** Assets by operating system and by type, as small bars with their figures. Left out where they cannot be had. */
export function AssetCharts() {
  const [loaded] = useLoaded(() => callWorker("summarizeAssets"));
  if (loaded.state !== "ready") return null;
  return (
    <div class="charts">
      <Chart title={say("bySystem")} counts={loaded.value.byOs} />
      <Chart title={say("byType")} counts={loaded.value.byType} />
    </div>
  );
}

function Chart({ title, counts }: { title: string; counts: Record<string, number> }) {
  const bars = barsOf(counts, 5);
  if (bars.length === 0) return null;
  return (
    <section class="chart">
      <h2>{title}</h2>
      <dl>
        {bars.map((bar) => (
          <div key={bar.kind === "one" ? bar.name : bar.kind}>
            <dt>
              {bar.kind === "rest" ? (
                say("otherKinds")
              ) : ["null", "unknown"].includes(bar.name) ? (
                say("unknownKind")
              ) : (
                <bdi>{bar.name}</bdi>
              )}
            </dt>
            <dd>
              <i aria-hidden="true">
                <i style={{ inlineSize: `${bar.share * 100}%` }} />
              </i>
              {figure(bar.count)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
