import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Connection } from "../../shared/connections.ts";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { ConnectionLine } from "../ui/connection-line.tsx";
import { LoadingScreen, Screen } from "../ui/screen.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { ChangeMode } from "./change-mode.tsx";
import { ConnectionTrouble } from "./connection-trouble.tsx";
import { Disconnect } from "./disconnect.tsx";
import { charted, History } from "./history.tsx";
import type { Step } from "./journey.ts";
import { KeyCard } from "./key-card.tsx";
import { ScheduleField } from "./schedule-field.tsx";
import { useConnectionPatch } from "./use-connection-patch.ts";
import { useSyncStart } from "./use-sync-start.ts";

/** All that can be done about one connection. */
export function Manage({
  connection: initial,
  leave,
  onStep,
  onGone,
  onClose,
}: {
  connection: Connection;
  /** The button that leads away from here. */
  leave: ComponentChildren;
  onStep: (step: Step) => void;
  /** It was disconnected. */
  onGone: () => void;
  onClose: () => void;
}) {
  const [connection, setConnection] = useState(initial);
  const patch = useConnectionPatch(connection, setConnection);
  const sync = useSyncStart(connection.id, onStep);
  const [history] = useLoaded(() =>
    callWorker("listSyncs", { id: connection.id, query: { limit: String(charted) } }),
  );
  const trouble = sync.trouble ?? patch.trouble;
  // A page that grows while it is read is pressed in the wrong place.
  if (history.state === "loading") return <LoadingScreen />;
  return (
    <Screen
      title={say(
        connection.status === "needs_key" ? "manageTitleNeedsKey" : "manageTitle",
        connection.organization.name,
      )}
      actions={
        <>
          {leave}
          <button type="button" class="primary" onClick={onClose}>
            {say("close")}
          </button>
        </>
      }
    >
      <ConnectionLine connection={connection} />
      <ConnectionTrouble connection={connection} onStep={onStep} />
      <div class="card-actions">
        <button
          type="button"
          class="secondary"
          disabled={sync.isBusy || connection.status === "needs_key"}
          onClick={() => void sync.start()}
        >
          {say("syncNow")}
        </button>
        <button
          type="button"
          disabled={patch.isBusy}
          onClick={() => void patch.change({ paused: !connection.paused })}
        >
          {say(connection.paused ? "resume" : "pause")}
        </button>
        <span class="hint" role="status">
          {patch.saved === "paused" && say(connection.paused ? "pausedSaved" : "resumedSaved")}
        </span>
      </div>
      {trouble !== undefined && <Alert>{sentenceFor(trouble)}</Alert>}
      <ChangeMode connection={connection} patch={patch} />
      <ScheduleField connection={connection} patch={patch} />
      <History connectionId={connection.id} loaded={history} onStep={onStep} />
      <KeyCard connection={connection} onStep={onStep} />
      <Disconnect connection={connection} onGone={onGone} />
    </Screen>
  );
}
