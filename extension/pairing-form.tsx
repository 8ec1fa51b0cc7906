import { useId, useState } from "preact/hooks";
import { ask, type PairingState, type Trouble } from "./messages.ts";
import { readPairingLink } from "./pairing-link.ts";
import { Alert } from "./ui/alert.tsx";
import { sentenceFor } from "./ui/trouble.ts";
import { troubleOf } from "./ui/use-loaded.ts";
import { say } from "./ui/words.ts";

/** Takes a pairing link and pairs this browser with the Worker it names. */
export function PairingForm({ onPaired }: { onPaired: (state: PairingState) => void }) {
  const [link, setLink] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const id = useId();

  async function pair(event: SubmitEvent) {
    event.preventDefault();
    if (readPairingLink(link) === undefined) return setProblem(say("pairingLinkInvalid"));
    setBusy(true);
    setProblem(undefined);
    try {
      const state = await ask("pairing/pair", { link });
      setLink("");
      onPaired(state);
    } catch (error) {
      setProblem(pairingSentence(troubleOf(error)));
    }
    setBusy(false);
  }

  return (
    <form class="stack" onSubmit={(event) => void pair(event)}>
      <label for={id}>{say("pairingLink")}</label>
      <div class="field-row">
        <input
          id={id}
          type="text"
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://…/pair#…"
          aria-describedby={`${id}-hint`}
          value={link}
          onInput={(event) => setLink(event.currentTarget.value)}
        />
        <button type="submit" class="primary" disabled={isBusy}>
          {say("pair")}
        </button>
      </div>
      <p class="hint" id={`${id}-hint`}>
        {say("pairingHint")}
      </p>
      {problem !== undefined && <Alert>{problem}</Alert>}
    </form>
  );
}

/** A code that is used up or too old is not known to the Worker any more. */
function pairingSentence(trouble: Trouble): string {
  const isSpent = trouble.code === "not_found" || trouble.code === "unauthorized";
  return isSpent ? say("pairingSpent") : sentenceFor(trouble);
}
