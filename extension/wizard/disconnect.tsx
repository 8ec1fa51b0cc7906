import { useState } from "preact/hooks";
import type { Connection } from "../../shared/connections.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { Icon } from "../ui/icon.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";

/** Ends a connection: says what is kept and what goes, and asks for the organization's name. */
export function Disconnect({ connection, onGone }: { connection: Connection; onGone: () => void }) {
  const { name } = connection.organization;
  const [typed, setTyped] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const isNamed = typed.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();
  async function disconnect() {
    setBusy(true);
    setTrouble(undefined);
    try {
      await callWorker("deleteConnection", { id: connection.id });
      onGone();
    } catch (error) {
      setTrouble(troubleOf(error));
      setBusy(false);
    }
  }
  return (
    <details class="disclosure card">
      <summary>
        <Icon name="chevron" />
        {say("disconnectHeading")}
      </summary>
      <form
        class="stack wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed && !isBusy) void disconnect();
        }}
      >
        <dl class="keeps">
          <div>
            <dt>{say("disconnectKept")}</dt>
            <dd>{say("disconnectKeptWhat")}</dd>
          </div>
          <div>
            <dt>{say("disconnectGoes")}</dt>
            <dd>{say("disconnectGoesWhat")}</dd>
          </div>
        </dl>
        <div class="stack">
          <label for="disconnect-name">{say("disconnectType", name)}</label>
          <input
            id="disconnect-name"
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <div>
          <button type="submit" class="small danger" disabled={!isNamed || isBusy}>
            {say("disconnect")}
          </button>
        </div>
        {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
      </form>
    </details>
  );
}
