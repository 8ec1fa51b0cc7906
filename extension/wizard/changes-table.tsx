import { useEffect, useState } from "preact/hooks";
import type { Change, ChangeOutcome } from "../../shared/syncs.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { say, type Word } from "../ui/words.ts";
import { WhatHappened } from "./what-happened.tsx";

const captions: Record<ChangeOutcome, Word> = {
  updated: "caption_updated",
  created: "caption_created",
  skipped: "caption_skipped",
  missing: "caption_missing",
};

/** The devices of one outcome, a page at a time. */
export function ChangesTable({ syncId, outcome }: { syncId: string; outcome: ChangeOutcome }) {
  const [rows, setRows] = useState<Change[]>([]);
  const [cursor, setCursor] = useState<string | null>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);

  async function more() {
    setBusy(true);
    setTrouble(undefined);
    try {
      const query = { outcome, limit: "50", ...(typeof cursor === "string" && { cursor }) };
      const page = await callWorker("listChanges", { id: syncId, query });
      setRows((before) => [...before, ...page.items]);
      setCursor(page.nextCursor);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  }
  useEffect(() => void more(), []);

  return (
    <div class="changes" aria-busy={isBusy}>
      <table>
        <caption>{say(captions[outcome])}</caption>
        <thead>
          <tr>
            <th scope="col">{say("columnDevice")}</th>
            <th scope="col">{say("columnWhat")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((change) => (
            <tr key={change.systemId}>
              <th scope="row">
                {change.hostname ?? say("unnamed")}
                <small>{change.serialNumber ?? say("noSerial")}</small>
              </th>
              <td>
                <WhatHappened change={change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && isBusy && <p class="loading">{say("loading")}</p>}
      {rows.length === 0 && cursor === null && <p class="empty">{say("noDevicesHere")}</p>}
      {trouble !== undefined && <Alert mild>{sentenceFor(trouble)}</Alert>}
      {(typeof cursor === "string" || trouble !== undefined) && (
        <button type="button" class="small" disabled={isBusy} onClick={() => void more()}>
          {say(trouble === undefined ? "showMore" : "tryAgain")}
        </button>
      )}
    </div>
  );
}
