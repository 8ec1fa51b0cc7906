import type { Connection } from "../../shared/connections.ts";
import type { Counts, Sync } from "../../shared/syncs.ts";
import { figure, isolated, say, sayCount } from "../ui/words.ts";

/** What the check of the key found: "Acme Ltd · Administrator · 1,204 devices · US". */
export function summaryOf(connection: Connection): string {
  return [
    connection.organization.name,
    connection.role === "unknown" ? undefined : connection.role,
    sayCount("devices", connection.deviceCount),
    say(`region_short_${connection.region}`),
  ]
    .filter((part) => part !== undefined)
    .map(isolated)
    .join(" · ");
}

/** What a sync did: "412 assets updated, 31 added, 755 unchanged, 6 skipped". */
export function pastSentence({ updated, created, unchanged, skipped }: Counts): string {
  const rest = say("resultRest", figure(created), figure(unchanged), figure(skipped));
  return `${sayCount("assetsUpdated", updated)}${rest}`;
}

/** What an undo did: "412 assets put back, 3 kept because they were changed since". */
export function undoSentence({ updated, skipped }: Counts): string {
  const kept = skipped > 0 ? say("undoneKept", figure(skipped)) : "";
  return `${sayCount("undonePutBack", updated)}${kept}`;
}

/** What a sync would do: "412 assets will be updated, 31 devices are not in Dots, 6 have no usable serial number". */
export function futureSentence({ counts, mode }: Pick<Sync, "counts" | "mode">): string {
  const { not_in_dots = 0, no_serial = 0, placeholder_serial = 0 } = counts.reasons;
  const parts = [sayCount("willUpdate", counts.updated)];
  if (mode === "download") parts.push(sayCount("willAdd", counts.created));
  if (not_in_dots > 0) parts.push(sayCount("notInDots", not_in_dots));
  const unusable = no_serial + placeholder_serial;
  if (unusable > 0) parts.push(sayCount("noUsableSerial", unusable));
  return new Intl.ListFormat(say("language"), { type: "unit", style: "long" }).format(parts);
}
