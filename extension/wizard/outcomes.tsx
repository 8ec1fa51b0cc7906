import { useState } from "preact/hooks";
import type { Sync } from "../../shared/syncs.ts";
import { say } from "../ui/words.ts";
import { Devices } from "./devices.tsx";
import { type Listed, OutcomeBar, type Tense } from "./outcome-bar.tsx";
import { SkipReasons } from "./skip-reasons.tsx";

/** What a sync did or would do: a sentence, a bar, and devices behind every figure. */
export function Outcomes({
  sync,
  sentence,
  tense,
  onChangeMode,
}: {
  sync: Sync;
  sentence: string;
  tense: Tense;
  onChangeMode?: (() => void) | undefined;
}) {
  const [open, setOpen] = useState<Listed>();
  const { counts } = sync;
  if (counts.devices === 0 && counts.missing === 0)
    // What did not get so far says nothing of what JumpCloud has.
    return sync.status === "succeeded" ? <p class="empty">{say("noDevices")}</p> : null;
  const toggle = (listed: Listed) => setOpen(listed === open ? undefined : listed);
  const isListed = counts.updated + counts.created + counts.skipped + counts.missing > 0;
  return (
    <section class="outcomes" aria-label={say("outcomesName")}>
      <p class="sentence">{sentence}</p>
      <OutcomeBar counts={counts} tense={tense} open={open} onOpen={toggle} />
      {isListed && (
        <button type="button" class="link" aria-expanded={open === "all"} onClick={() => toggle("all")}>
          {say("showDevices")}
        </button>
      )}
      {(open === "skipped" || open === "all") && Object.keys(counts.reasons).length > 0 && (
        <SkipReasons reasons={counts.reasons} onChangeMode={onChangeMode} />
      )}
      {open !== undefined && <Devices sync={sync} tense={tense} listed={open} onList={setOpen} />}
    </section>
  );
}
