import { useEffect, useId, useState } from "preact/hooks";
import { type ChangeOutcome, changeOutcomeSchema, type Sync } from "../../shared/syncs.ts";
import { say } from "../ui/words.ts";
import { DeviceRows } from "./device-rows.tsx";
import { type Listed, nameOfOutcome, type Tense } from "./outcome-bar.tsx";

/** How long after the last key a search begins. */
const pause = 250;

/** The devices behind the figures, with a filter by outcome and a search. */
export function Devices({
  sync,
  tense,
  listed,
  onList,
}: {
  sync: Sync;
  tense: Tense;
  listed: Listed;
  onList: (listed: Listed) => void;
}) {
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  const outcomes = changeOutcomeSchema.options.filter((outcome) => sync.counts[outcome] > 0);
  return (
    <div class="changes">
      <div class="pair-of-fields">
        <div class="stack">
          <label for={`${id}-outcome`}>{say("filterOutcome")}</label>
          <select
            id={`${id}-outcome`}
            value={listed}
            onChange={(event) => onList(listedOf(event.currentTarget.value))}
          >
            <option value="all">{say("allOutcomes")}</option>
            {outcomes.map((outcome) => (
              <option key={outcome} value={outcome}>
                {nameOfOutcome(outcome, tense)}
              </option>
            ))}
          </select>
        </div>
        <div class="stack">
          <label for={`${id}-search`}>{say("searchDevices")}</label>
          <input
            id={`${id}-search`}
            type="search"
            autocomplete="off"
            spellcheck={false}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      </div>
      <DeviceRows
        key={`${listed} ${text}`}
        syncId={sync.id}
        tense={tense}
        outcome={listed === "all" ? undefined : listed}
        text={text}
        caption={
          listed === "all"
            ? say("devicesCaption")
            : `${say("devicesCaption")} · ${nameOfOutcome(listed, tense)}`
        }
      />
    </div>
  );
}

function listedOf(value: string): Listed {
  return changeOutcomeSchema.safeParse(value).data ?? ("all" satisfies Exclude<Listed, ChangeOutcome>);
}
