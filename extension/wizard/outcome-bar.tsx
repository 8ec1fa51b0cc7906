import type { ChangeOutcome, Counts, Outcome } from "../../shared/syncs.ts";
import { figure, say } from "../ui/words.ts";

const parts = ["updated", "created", "unchanged", "skipped"] as const;
/** An undo adds nothing. */
const partsOfUndo = ["updated", "unchanged", "skipped"] as const;

/** Whether outcomes have come about, would come about, or are those of an undo. */
export type Tense = "past" | "future" | "undone";

/** Names an outcome. */
export function nameOfOutcome(outcome: Outcome | "missing", tense: Tense): string {
  if (tense === "future") return say(`willBe_${outcome}`);
  return say(tense === "undone" ? `undoOutcome_${outcome}` : `outcome_${outcome}`);
}

/** Which devices are shown: all that are listed, or those of one outcome. */
export type Listed = ChangeOutcome | "all";

/**
 * The outcomes as one bar, and a legend whose figures open their devices. Unchanged devices are not listed.
 */
export function OutcomeBar({
  counts,
  tense,
  open,
  onOpen,
}: {
  counts: Counts;
  tense: Tense;
  open: Listed | undefined;
  onOpen: (listed: Listed) => void;
}) {
  const devices = tense === "undone" ? partsOfUndo : parts;
  const shown = counts.missing > 0 ? [...devices, "missing" as const] : devices;
  return (
    <>
      <div class="outcome-bar" aria-hidden="true">
        {devices.map(
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
                {nameOfOutcome(part, tense)}
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
