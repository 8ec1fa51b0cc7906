import { useEffect } from "preact/hooks";
import { ask } from "../messages.ts";
import { Alert } from "../ui/alert.tsx";
import { Screen } from "../ui/screen.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { closeOnEscape } from "./close.ts";
import { Journey } from "./journey-view.tsx";
import { opening } from "./opening.ts";

/** The wizard. In a frame that nobody of us promised it shows nothing and does nothing. */
export function Wizard({ nonce }: { nonce: string }) {
  const [hello] = useLoaded(() => ask("wizard/hello", { nonce }));
  if (hello.state !== "ready" || !hello.value.allowed) return null;
  return <Admitted framedBy={hello.value.dotsOrigin} />;
}

function Admitted({ framedBy }: { framedBy: string | undefined }) {
  const [loaded, reload] = useLoaded(opening);
  useEffect(() => closeOnEscape(framedBy), [framedBy]);
  if (loaded.state === "loading")
    return (
      <main class="screen" aria-busy="true">
        <p class="loading">{say("loading")}</p>
      </main>
    );
  if (loaded.state === "failed")
    return (
      <Screen title={say("productShort")}>
        <Alert
          action={
            <button type="button" class="small" onClick={reload}>
              {say("tryAgain")}
            </button>
          }
        >
          {sentenceFor(loaded.trouble)}
        </Alert>
      </Screen>
    );
  return <Journey {...loaded.value} framedBy={framedBy} />;
}
