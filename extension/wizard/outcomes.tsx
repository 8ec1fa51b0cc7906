import { useState } from "preact/hooks";
import type { ChangeOutcome, Sync } from "../../shared/syncs.ts";
import { figure, say, sayCount } from "../ui/words.ts";
import { ChangesTable } from "./changes-table.tsx";
import { OutcomeBar } from "./outcome-bar.tsx";

/** What a sync did, in a sentence, a bar, and devices behind every figure. */
export function Outcomes({ sync }: { sync: Sync }) {
  const [open, setOpen] = useState<ChangeOutcome>();
  const { updated, created, unchanged, skipped, devices } = sync.counts;
  if (devices === 0) return <p class="empty">{say("noDevices")}</p>;
  return (
    <section>
      <p class="sentence">
        {sayCount("assetsUpdated", updated)}
        {say("resultRest", figure(created), figure(unchanged), figure(skipped))}
      </p>
      <OutcomeBar
        counts={sync.counts}
        open={open}
        onOpen={(outcome) => setOpen(outcome === open ? undefined : outcome)}
      />
      {open !== undefined && <ChangesTable key={open} syncId={sync.id} outcome={open} />}
    </section>
  );
}
