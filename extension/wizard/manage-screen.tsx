import { callWorker } from "../messages.ts";
import { FailedScreen, LoadingScreen } from "../ui/screen.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import type { Step } from "./journey.ts";
import { Manage } from "./manage.tsx";

/** The one connection that was asked for, and a way back to all of them. */
export function ManageScreen({
  connectionId,
  onStep,
  onClose,
}: {
  connectionId: string;
  onStep: (step: Step) => void;
  onClose: () => void;
}) {
  const [loaded, reload] = useLoaded(() => callWorker("getConnection", { id: connectionId }));
  if (loaded.state === "loading") return <LoadingScreen />;
  if (loaded.state === "failed")
    return <FailedScreen title={say("manage")} trouble={loaded.trouble} onRetry={reload} />;
  const back = (
    <button type="button" onClick={() => onStep({ is: "back" })}>
      {say("allConnections")}
    </button>
  );
  const goBack = () => onStep({ is: "overviewWanted" });
  return <Manage connection={loaded.value} onStep={onStep} onGone={goBack} onClose={onClose} leave={back} />;
}
