import type { ChangeOutcome, Counts } from "../../shared/syncs.ts";
import { figure, say, type Word } from "../ui/words.ts";

const parts = ["updated", "created", "unchanged", "skipped"] as const;
const names: Record<(typeof parts)[number] | "missing", Word> = {
  updated: "outcome_updated",
  created: "outcome_created",
  unchanged: "outcome_unchanged",
  skipped: "outcome_skipped",
  missing: "outcome_missing",
};

/** The outcomes as one bar, and a legend whose figures open their devices. Unchanged devices are not listed. */
export function OutcomeBar({
  counts,
  open,
  onOpen,
}: {
  counts: Counts;
  open: ChangeOutcome | undefined;
  onOpen: (outcome: ChangeOutcome) => void;
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
                {say(names[part])}
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
