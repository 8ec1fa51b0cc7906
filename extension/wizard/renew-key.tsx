import { callWorker } from "../messages.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import type { Step } from "./journey.ts";
import { StepKey } from "./step-key.tsx";

/** The key step for a connection there is already; its region stays what it is. */
export function RenewKey({
  connectionId,
  arrivals,
  onStep,
}: {
  connectionId: string;
  arrivals: number;
  onStep: (step: Step) => void;
}) {
  const [loaded] = useLoaded(() => callWorker("getConnection", { id: connectionId }));
  if (loaded.state === "loading")
    return (
      <main class="screen" aria-busy="true">
        <p class="loading">{say("loading")}</p>
      </main>
    );
  const region = loaded.state === "ready" ? loaded.value.region : "us";
  return (
    <StepKey
      key="renew"
      purpose={{ kind: "renew", connectionId }}
      region={region}
      arrivals={arrivals}
      onRegion={() => undefined}
      onStep={onStep}
    />
  );
}
