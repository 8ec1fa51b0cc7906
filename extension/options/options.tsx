import { useEffect, useState } from "preact/hooks";
import { ask, callWorker, type PairingState } from "../messages.ts";
import { PairingForm } from "../pairing-form.tsx";
import { Alert } from "../ui/alert.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf, useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { DotsAddresses } from "./dots-addresses.tsx";

/** The options page: which Worker this browser is paired with, and where Dots is. */
export function Options() {
  const [pairing] = useLoaded(() => ask("pairing/state", {}));
  return (
    <Screen title={say("optionsTitle")}>
      <section class="card">
        <h2>{say("pairingHeading")}</h2>
        {pairing.state === "failed" && <Alert>{sentenceFor(pairing.trouble)}</Alert>}
        {pairing.state === "ready" && <Pairing initial={pairing.value} />}
      </section>
      <section class="card">
        <h2>{say("addressHeading")}</h2>
        <DotsAddresses />
      </section>
    </Screen>
  );
}

function Pairing({ initial }: { initial: PairingState }) {
  const [state, setState] = useState(initial);
  // The Worker may have ended what this browser remembers; where it cannot be asked, nothing is known to have ended.
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    setRefused(false);
    if (!state.paired) return;
    callWorker("listConnections", { query: { limit: "1" } }).catch((error: unknown) =>
      setRefused(troubleOf(error).code === "unauthorized"),
    );
  }, [state]);
  if (!state.paired) return <PairingForm onPaired={setState} />;
  if (isRefused)
    return (
      <div class="stack wide">
        <Alert>{sentenceFor({ code: "unauthorized" })}</Alert>
        <PairingForm onPaired={setState} />
      </div>
    );
  return (
    <div class="stack wide">
      <p role="status">
        <span class="dot good" aria-hidden="true" />
        {say("pairedWith", state.workspace ?? "", state.workerOrigin ?? "")}
      </p>
      <div>
        <button type="button" class="small" onClick={() => void ask("pairing/forget", {}).then(setState)}>
          {say("forgetPairing")}
        </button>
      </div>
    </div>
  );
}
