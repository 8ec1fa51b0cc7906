import type { Connection } from "../../shared/connections.ts";
import { callWorker } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say, sayCount } from "../ui/words.ts";
import { roughly } from "./time-left.ts";
import { useSync } from "./use-sync.ts";

/** A sync on its way. It does not need this page. */
export function Running({
  connectionId,
  syncId,
  isFirst,
  onEnd,
  onClose,
}: {
  connectionId: string;
  syncId: string;
  isFirst: boolean;
  onEnd: () => void;
  onClose: () => void;
}) {
  const [connection] = useLoaded(() => callWorker("getConnection", { id: connectionId }));
  const { sync, secondsLeft, trouble } = useSync(syncId, onEnd);
  const { done, total } = sync?.progress ?? { done: 0, total: 0 };
  const isKnown = total > 0;
  return (
    <Screen
      step={isFirst ? 3 : undefined}
      title={say("runningTitle")}
      actions={
        <button type="button" onClick={onClose}>
          {say("close")}
        </button>
      }
    >
      <p class="found">{connection.state === "ready" ? summaryOf(connection.value) : "\u00a0"}</p>
      <div
        class={isKnown ? "progress" : "progress unknown"}
        role="progressbar"
        aria-label={say("syncProgress")}
        aria-valuemin={0}
        aria-valuenow={isKnown ? done : undefined}
        aria-valuemax={isKnown ? total : undefined}
      >
        <i style={{ inlineSize: isKnown ? `${Math.min(100, (done / total) * 100)}%` : "30%" }} />
      </div>
      <p class="progress-words">
        {isKnown ? sayCount("progressOf", total, done) : say("progressStarting")}
        {secondsLeft !== undefined && secondsLeft > 0 && ` · ${timeLeft(secondsLeft)}`}
      </p>
      <p class="aside">{say("youCanClose")}</p>
      {trouble !== undefined && <Alert mild>{sentenceFor(trouble)}</Alert>}
    </Screen>
  );
}

/** What the check of the key found: "Acme Ltd · Administrator · 1,204 devices · US". */
export function summaryOf(connection: Connection): string {
  return [
    connection.organization.name,
    connection.role === "unknown" ? undefined : connection.role,
    sayCount("devices", connection.deviceCount),
    say(`region_short_${connection.region}`),
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

function timeLeft(seconds: number): string {
  const { unit, amount } = roughly(seconds);
  return sayCount(unit === "seconds" ? "aboutSeconds" : "aboutMinutes", amount);
}
