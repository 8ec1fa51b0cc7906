import { useState } from "preact/hooks";
import type { Connection } from "../../shared/connections.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { copyText } from "../ui/copy-button.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { day, say } from "../ui/words.ts";
import type { Step } from "./journey.ts";

/** Which key it is, when it ends, and how to be reminded of that. */
export function KeyCard({ connection, onStep }: { connection: Connection; onStep: (step: Step) => void }) {
  const { id: connectionId, keyLast4, keyExpiresAt } = connection;
  return (
    <section class="card">
      <h2>{say("keyHeading")}</h2>
      <p>
        {say("keyEnding", keyLast4)}
        {" · "}
        {keyExpiresAt === undefined
          ? say("keyExpiryUnknown")
          : keyExpiresAt === null
            ? say("keyExpiresNever")
            : say("keyExpiresOn", day(keyExpiresAt))}
      </p>
      <div class="card-actions">
        <button
          type="button"
          class="small secondary"
          onClick={() => onStep({ is: "renewWanted", connectionId })}
        >
          {say("renewKey")}
        </button>
        <CalendarAddress />
      </div>
    </section>
  );
}

/** The address of the calendar with the reminders; whoever has it can read the days keys end, and nothing else. */
function CalendarAddress() {
  const [copied, setCopied] = useState<"copied" | "refused">();
  const [address, setAddress] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  async function copy() {
    setTrouble(undefined);
    try {
      const found = await callWorker("openReminders");
      setAddress(found.address);
      setCopied(await copyText(found.address));
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }
  return (
    <>
      <button type="button" class="small" onClick={() => void copy()}>
        {say("copyCalendar")}
      </button>
      <p class="hint" role="status">
        {copied === "copied" && say("calendarCopied")}
      </p>
      {copied === "refused" && <input type="text" readOnly aria-label={say("copyByHand")} value={address} />}
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
    </>
  );
}
