import { useState } from "preact/hooks";
import type { Trouble, WizardStart } from "../messages.ts";
import { PairingForm } from "../pairing-form.tsx";
import type { Draft } from "../storage.ts";
import { Alert } from "../ui/alert.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import type { Step } from "./journey.ts";
import { placeWhenPaired } from "./opening.ts";

/** Before anything else this browser has to be paired; or again, where the Worker no longer knows it. */
export function Pairing({
  isRefused,
  draftStep,
  start,
  onStep,
}: {
  isRefused: boolean;
  draftStep: Draft["step"];
  start: WizardStart;
  onStep: (step: Step) => void;
}) {
  const [trouble, setTrouble] = useState<Trouble | undefined>(
    isRefused ? { code: "unauthorized" } : undefined,
  );
  async function goOn() {
    try {
      onStep({ is: "paired", place: await placeWhenPaired(draftStep, start) });
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }
  return (
    <Screen title={say("pairTitle")}>
      {trouble !== undefined ? <Alert>{sentenceFor(trouble)}</Alert> : <p>{say("pairIntro")}</p>}
      <PairingForm onPaired={() => void goOn()} />
    </Screen>
  );
}
