import { type TechnicalField, technicalFields } from "../../shared/assets.ts";
import type { Change, ChangeFields, SkipReason } from "../../shared/syncs.ts";
import { Icon } from "../ui/icon.tsx";
import { figure, moment, say, sayCount } from "../ui/words.ts";
import type { Tense } from "./outcome-bar.tsx";

/** What became of one device or would, in words: a reason, or the fields that change, before and after. */
export function WhatHappened({ change, tense }: { change: Change; tense: Tense }) {
  if (change.reason !== undefined) return <>{reasonSentence(change.reason, change.related ?? [])}</>;
  const fields = fieldsIn(change.after);
  const kept = fieldsIn(change.kept);
  const words = wordsOf(change, tense, fields.length);
  if (change.outcome === "missing" || fields.length + kept.length === 0) return <>{words}</>;
  return (
    <details class="disclosure">
      <summary>
        <Icon name="chevron" />
        {words}
      </summary>
      <ul class="plain fields">
        {fields.map((field) => (
          <li key={field}>
            <span>{say(`field_${field}`)}</span>
            <p>
              {change.before !== undefined && (
                <del>
                  <bdi>{inWords(field, change.before[field])}</bdi>
                </del>
              )}
              <ins>
                <bdi>{inWords(field, change.after?.[field])}</bdi>
              </ins>
            </p>
          </li>
        ))}
        {kept.map((field) => (
          <li key={`kept ${field}`}>
            <span>{say("keptField", say(`field_${field}`))}</span>
            <p>
              <bdi>{inWords(field, change.kept?.[field])}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function fieldsIn(values: ChangeFields | undefined): TechnicalField[] {
  return technicalFields.filter((field) => field in (values ?? {}));
}

function wordsOf({ outcome, after }: Change, tense: Tense, fields: number): string {
  if (tense === "undone") {
    if (outcome === "skipped") return say("undone_kept");
    if (outcome === "missing") return say("undone_missing");
    return say(after === undefined ? "undone_removed" : "undone_putBack");
  }
  if (outcome === "updated" && fields > 0)
    return sayCount(tense === "past" ? "fieldsChanged" : "fieldsWillChange", fields);
  return say(tense === "past" ? `happened_${outcome}` : `willHappen_${outcome}`);
}

function reasonSentence(reason: SkipReason, related: string[]): string {
  const names = related.join(", ");
  if (reason === "duplicate_device" && names !== "") return say("reason_duplicate_device_named", names);
  if (reason === "duplicate_asset" && names !== "")
    return say(related.length === 2 ? "reason_duplicate_asset_two" : "reason_duplicate_asset_many", names);
  return say(`reason_${reason}`);
}

type Value = string | number | boolean | null | undefined;

/** A value as people read it: gigabytes, yes and no, a moment. */
function inWords(field: TechnicalField, value: Value): string {
  if (value === null || value === undefined || value === "") return say("nothing");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "number")
    return field.endsWith("Bytes") ? say("gigabytes", figure(Math.round(value / 1024 ** 3))) : figure(value);
  return field === "lastContactAt" ? moment(value) : value;
}
