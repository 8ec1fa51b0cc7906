import { useState } from "preact/hooks";
import { daysUntil } from "../key-ending.ts";
import { ask, callWorker, type Trouble, type WizardStart } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { ConnectionLine } from "../ui/connection-line.tsx";
import { keyEndingSentence } from "../ui/key-ending-sentence.ts";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { moment, say } from "../ui/words.ts";
import type { Glance } from "./at-a-glance.ts";
import { StateLine } from "./state-line.tsx";

/** The state, the one thing to do about it, "Open Dots" and "Sync now". */
export function Now({
  glance,
  onSynced,
}: {
  glance: Exclude<Glance, { state: "unpaired" }>;
  onSynced: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();

  async function leave(asked: Promise<null>) {
    setBusy(true);
    await asked.catch(() => undefined);
    window.close();
  }
  const openWizard = (start: WizardStart) => leave(ask("popup/open-wizard", start));

  async function syncNow(id: string) {
    setBusy(true);
    setTrouble(undefined);
    try {
      await callWorker("startSync", { id });
    } catch (error) {
      const found = troubleOf(error);
      if (found.code !== "sync_running") setTrouble(found);
    }
    setBusy(false);
    onSynced();
  }

  if (!("connection" in glance))
    return (
      <>
        <StateLine state={glance.state} />
        <div class="stack">
          <Leave word="connectToJumpCloud" isPrimary isBusy={isBusy} onClick={() => openWizard({})} />
          <Leave word="guideMe" isBusy={isBusy} onClick={() => leave(ask("popup/open-guide", {}))} />
        </div>
      </>
    );

  const { state, connection } = glance;
  const isAboutKey = state === "needs_key" || state === "key_ends";
  return (
    <>
      <StateLine state={state} />
      <p class="found">
        <bdi>{connection.organization.name}</bdi>
      </p>
      <ConnectionLine connection={connection} />
      {state === "needs_key" && <p>{say("trouble_needs_key_since", moment(connection.statusSince))}</p>}
      {state === "key_ends" && typeof connection.keyExpiresAt === "string" && (
        <p>{keyEndingSentence(daysUntil(connection.keyExpiresAt, new Date()))}</p>
      )}
      <div class="stack">
        {isAboutKey && (
          <Leave
            word="renewKey"
            isPrimary
            isBusy={isBusy}
            onClick={() => openWizard({ renew: connection.id })}
          />
        )}
        <Leave
          word="openDots"
          isPrimary={!isAboutKey}
          isBusy={isBusy}
          onClick={() => leave(ask("popup/open-dots", {}))}
        />
        {state !== "needs_key" && (
          <button
            type="button"
            disabled={isBusy || state === "syncing"}
            onClick={() => void syncNow(connection.id)}
          >
            {say("syncNow")}
          </button>
        )}
      </div>
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
    </>
  );
}

function Leave({
  word,
  isPrimary = false,
  isBusy,
  onClick,
}: {
  word: "connectToJumpCloud" | "guideMe" | "renewKey" | "openDots";
  isPrimary?: boolean;
  isBusy: boolean;
  onClick: () => Promise<void>;
}) {
  return (
    <button type="button" class={isPrimary ? "primary" : ""} disabled={isBusy} onClick={() => void onClick()}>
      {say(word)}
    </button>
  );
}
