import { callWorker } from "../messages.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { figure, say } from "../ui/words.ts";
import { barsOf } from "./bars.ts";

/** Assets by operating system, as small bars with their figures. Left out where it cannot be had. */
export function SystemsChart() {
  const [loaded] = useLoaded(() => callWorker("summarizeAssets"));
  if (loaded.state !== "ready") return null;
  const bars = barsOf(loaded.value.byOs, 5);
  if (bars.length === 0) return null;
  return (
    <section class="systems">
      <h2>{say("bySystem")}</h2>
      <dl>
        {bars.map((bar) => (
          <div key={bar.kind === "one" ? bar.name : bar.kind}>
            <dt>
              {bar.kind === "rest"
                ? say("otherSystems")
                : ["null", "unknown"].includes(bar.name)
                  ? say("unknownSystem")
                  : bar.name}
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
