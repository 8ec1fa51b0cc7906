import type { ChangeOutcome, Counts } from "../../shared/syncs.ts";
import { figure, say } from "../ui/words.ts";

const parts = ["updated", "created", "unchanged", "skipped"] as const;

/** Which devices are shown: all that are listed, or those of one outcome. */
export type Listed = ChangeOutcome | "all";

/**
 * The outcomes as one bar, and a legend whose figures open their devices. Unchanged devices are not listed.
 * `tense`: whether they have come about, or would.
 */
export function OutcomeBar({
  counts,
  tense,
  open,
  onOpen,
}: {
  counts: Counts;
  tense: "past" | "future";
  open: Listed | undefined;
  onOpen: (listed: Listed) => void;
}) {
  const shown = counts.missing > 0 ? ([...parts, "missing"] as const) : parts;
  return (
    <>
      <div class="outcome-bar" aria-hidden="true">
        {parts.map(
          (part) => counts[part] > 0 && <i key={part} class={part} style={{ flexGrow: counts[part] }} />,
        )}
      </div>
      <ul class="legend">
        {shown.map((part) => {
          const words = (
            <>
              <b>{figure(counts[part])}</b>{" "}
              <small>
                <i class={part} aria-hidden="true" />
                {say(tense === "past" ? `outcome_${part}` : `willBe_${part}`)}
              </small>
            </>
          );
          return (
            <li key={part}>
              {part === "unchanged" || counts[part] === 0 ? (
                <span>{words}</span>
              ) : (
                <button type="button" aria-expanded={open === part} onClick={() => onOpen(part)}>
                  {words}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
