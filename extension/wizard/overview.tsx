import { callWorker, type Trouble } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { ConnectionCard } from "./connection-card.tsx";
import type { Step } from "./journey.ts";

/** What is connected, how it is, and what one can do about it. */
export function Overview({ onStep, onClose }: { onStep: (step: Step) => void; onClose: () => void }) {
  const [loaded, reload] = useLoaded(() => callWorker("listConnections", { query: { limit: "100" } }));
  return (
    <Screen
      title={say("overviewTitle")}
      actions={
        <>
          <button type="button" onClick={() => onStep({ is: "anotherWanted" })}>
            {say("connectAnother")}
          </button>
          <button type="button" class="primary" onClick={onClose}>
            {say("close")}
          </button>
        </>
      }
    >
      {loaded.state === "loading" && <p class="loading">{say("loading")}</p>}
      {loaded.state === "failed" && (
        <OverviewTrouble
          trouble={loaded.trouble}
          onRetry={reload}
          onPair={() => onStep({ is: "unpaired" })}
        />
      )}
      {loaded.state === "ready" &&
        loaded.value.items.map((each) => <ConnectionCard key={each.id} connection={each} onStep={onStep} />)}
    </Screen>
  );
}

function OverviewTrouble({
  trouble,
  onRetry,
  onPair,
}: {
  trouble: Trouble;
  onRetry: () => void;
  onPair: () => void;
}) {
  const isUnpaired = trouble.code === "unauthorized";
  const action = (
    <button type="button" class="small" onClick={isUnpaired ? onPair : onRetry}>
      {say(isUnpaired ? "pair" : "tryAgain")}
    </button>
  );
  return <Alert action={action}>{sentenceFor(trouble)}</Alert>;
}
