import { useState } from "preact/hooks";
import { unknownExpiry } from "../key-expiry.ts";
import { callWorker } from "../messages.ts";
import { FailedScreen, LoadingScreen } from "../ui/screen.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { useHeldKey } from "./held-key.ts";
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
  const held = useHeldKey();
  const [expiry, setExpiry] = useState(unknownExpiry);
  const [loaded, reload] = useLoaded(() => callWorker("getConnection", { id: connectionId }));
  if (loaded.state === "loading") return <LoadingScreen />;
  if (loaded.state === "failed")
    return <FailedScreen title={say("renewTitle")} trouble={loaded.trouble} onRetry={reload} />;
  return (
    <StepKey
      purpose={{ kind: "renew", connectionId }}
      held={held}
      expiry={expiry}
      region={loaded.value.region}
      arrivals={arrivals}
      onExpiry={setExpiry}
      onStep={onStep}
    />
  );
}
