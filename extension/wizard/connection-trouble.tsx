import type { Connection } from "../../shared/connections.ts";
import { daysUntil, dueReminder } from "../key-ending.ts";
import { Alert } from "../ui/alert.tsx";
import { keyEndingSentence } from "../ui/key-ending-sentence.ts";
import { moment, say } from "../ui/words.ts";
import type { Step } from "./journey.ts";

/** What is wrong with a connection or soon will be, since when, and the one button that mends it. */
export function ConnectionTrouble({
  connection,
  onStep,
}: {
  connection: Connection;
  onStep: (step: Step) => void;
}) {
  const { id: connectionId, status, statusSince, keyExpiresAt } = connection;
  const action = (
    <button type="button" class="small" onClick={() => onStep({ is: "renewWanted", connectionId })}>
      {say("renewKey")}
    </button>
  );
  if (status === "needs_key")
    return <Alert action={action}>{say("trouble_needs_key_since", moment(statusSince))}</Alert>;
  if (typeof keyExpiresAt !== "string") return null;
  const days = daysUntil(keyExpiresAt, new Date());
  if (dueReminder(days) === undefined) return null;
  return (
    <Alert mild action={action}>
      {keyEndingSentence(days)}
    </Alert>
  );
}
