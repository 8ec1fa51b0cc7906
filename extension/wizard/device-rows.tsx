import { useEffect, useRef, useState } from "preact/hooks";
import type { Change, ChangeOutcome } from "../../shared/syncs.ts";
import type { Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { say, sayCount } from "../ui/words.ts";
import { ChangeReader } from "./change-reader.ts";
import type { Tense } from "./outcome-bar.tsx";
import { WhatHappened } from "./what-happened.tsx";

const rowsAtATime = 50;

/** The devices of one outcome that fit the search, so many at a time. */
export function DeviceRows({
  syncId,
  tense,
  outcome,
  text,
  caption,
}: {
  syncId: string;
  tense: Tense;
  outcome: ChangeOutcome | undefined;
  text: string;
  caption: string;
}) {
  const reader = useRef(new ChangeReader(syncId, outcome, text));
  const [rows, setRows] = useState<Change[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(true);

  async function more() {
    setBusy(true);
    setTrouble(undefined);
    try {
      const found = await reader.current.next(rowsAtATime);
      setRows((before) => [...before, ...found]);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  }
  useEffect(() => {
    void more();
    return () => reader.current.stop();
  }, []);

  const isAll = reader.current.isAtEnd;
  return (
    <>
      <table aria-busy={isBusy}>
        <caption>{caption}</caption>
        <thead class={rows.length === 0 ? "visually-hidden" : ""}>
          <tr>
            <th scope="col">{say("columnDevice")}</th>
            <th scope="col">{say(tense === "future" ? "columnWhatWill" : "columnWhat")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((change) => (
            <tr key={change.systemId}>
              <th scope="row">
                <bdi>{change.hostname ?? say("unnamed")}</bdi>
                <small>
                  <bdi>{change.serialNumber ?? say("noSerial")}</bdi>
                </small>
              </th>
              <td>
                <WhatHappened change={change} tense={tense} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint" role="status">
        {isBusy
          ? say("loading")
          : rows.length === 0
            ? say("noDevicesHere")
            : isAll && sayCount("devicesShown", rows.length)}
      </p>
      {trouble !== undefined && <Alert mild>{sentenceFor(trouble)}</Alert>}
      {!isBusy && !isAll && (
        <button type="button" class="small" onClick={() => void more()}>
          {say(trouble === undefined ? "showMore" : "tryAgain")}
        </button>
      )}
    </>
  );
}
