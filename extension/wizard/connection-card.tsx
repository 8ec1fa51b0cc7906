import { useState } from "preact/hooks";
import type { Connection } from "../../shared/connections.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf, useLoaded } from "../ui/use-loaded.ts";
import { day, moment, relativeTime, say, sayCount } from "../ui/words.ts";
import type { Step } from "./journey.ts";
import { Outcomes } from "./outcomes.tsx";

/** One connection: its facts, its last result, and "Sync now" – or the one button that mends it. */
export function ConnectionCard({
  connection,
  onStep,
}: {
  connection: Connection;
  onStep: (step: Step) => void;
}) {
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);
  const connectionId = connection.id;
  const renew = () => onStep({ is: "renewWanted", connectionId });

  async function syncNow() {
    setBusy(true);
    setTrouble(undefined);
    try {
      const sync = await callWorker("startSync", { id: connectionId });
      onStep({ is: "syncStarted", connectionId, syncId: sync.id });
    } catch (error) {
      const found = troubleOf(error);
      setBusy(false);
      if (found.code === "sync_running" && found.syncId !== undefined)
        return onStep({ is: "syncStarted", connectionId, syncId: found.syncId });
      setTrouble(found);
    }
  }

  const needsKey = connection.status === "needs_key";
  return (
    <section class="card" aria-label={connection.organization.name}>
      <h2>{connection.organization.name}</h2>
      <p class="hint">{factsOf(connection).join(" · ")}</p>
      {needsKey && (
        <Alert
          action={
            <button type="button" class="small" onClick={renew}>
              {say("renewKey")}
            </button>
          }
        >
          {say("trouble_needs_key_since", moment(connection.statusSince))}
        </Alert>
      )}
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
      {connection.lastSyncId !== null && <LastResult syncId={connection.lastSyncId} />}
      <div class="card-actions">
        {!needsKey && (
          <>
            <button type="button" class="secondary" disabled={isBusy} onClick={() => void syncNow()}>
              {say("syncNow")}
            </button>
            <button type="button" class="small" onClick={renew}>
              {say("renewKey")}
            </button>
          </>
        )}
        <span class="hint">{keyWords(connection)}</span>
      </div>
    </section>
  );
}

function LastResult({ syncId }: { syncId: string }) {
  const [loaded] = useLoaded(() => callWorker("getSync", { id: syncId }));
  if (loaded.state === "failed") return null;
  if (loaded.state === "loading") return <p class="skeleton" aria-hidden="true" />;
  return <Outcomes sync={loaded.value} />;
}

function factsOf(connection: Connection): string[] {
  const { lastSyncAt, nextSyncAt } = connection;
  return [
    say(`mode_${connection.mode}`),
    sayCount("devices", connection.deviceCount),
    say(`region_short_${connection.region}`),
    lastSyncAt === null ? say("neverSynced") : say("synced", relativeTime(lastSyncAt, Date.now())),
    ...(nextSyncAt === null ? [] : [say("nextSync", relativeTime(nextSyncAt, Date.now()))]),
  ];
}

function keyWords({ keyLast4, keyExpiresAt }: Connection): string {
  if (typeof keyExpiresAt !== "string") return say("keyEnding", keyLast4);
  return `${say("keyEnding", keyLast4)} · ${say("keyExpiresOn", day(keyExpiresAt))}`;
}
