import { useEffect } from "preact/hooks";
import { ask, type WizardStart } from "../messages.ts";
import { FailedScreen, LoadingScreen } from "../ui/screen.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { closeOnEscape } from "./close.ts";
import { Journey } from "./journey-view.tsx";
import { opening } from "./opening.ts";

/** The wizard. In a frame that nobody of us promised it shows nothing and does nothing. */
export function Wizard({ nonce, start }: { nonce: string; start: WizardStart }) {
  const [hello] = useLoaded(() => ask("wizard/hello", { nonce }));
  if (hello.state !== "ready" || !hello.value.allowed) return null;
  return <Admitted framedBy={hello.value.dotsOrigin} start={start} />;
}

function Admitted({ framedBy, start }: { framedBy: string | undefined; start: WizardStart }) {
  const [loaded, reload] = useLoaded(() => opening(start));
  useEffect(() => closeOnEscape(framedBy), [framedBy]);
  if (loaded.state === "loading") return <LoadingScreen />;
  if (loaded.state === "failed")
    return <FailedScreen title={say("productShort")} trouble={loaded.trouble} onRetry={reload} />;
  return <Journey {...loaded.value} framedBy={framedBy} />;
}
