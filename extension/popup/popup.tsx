import { useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { ask, type CardStatus } from "../messages.ts";
import { PairingForm } from "../pairing-form.tsx";
import { Mark } from "../ui/icon.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { relativeTime, say, sayCount, type Word } from "../ui/words.ts";

const words: Record<CardStatus["state"], { word: Word; look: "good" | "bad" | "idle" }> = {
  unpaired: { word: "state_unpaired", look: "idle" },
  unconnected: { word: "state_unconnected", look: "idle" },
  connected: { word: "state_connected", look: "good" },
  needs_key: { word: "state_needs_key", look: "bad" },
  unknown: { word: "state_unknown", look: "bad" },
};

/** The toolbar popup: how things are, and the one thing to do now. */
export function Popup() {
  const [loaded, reload] = useLoaded(() => ask("popup/status", {}));
  const status: CardStatus | undefined =
    loaded.state === "ready" ? loaded.value : loaded.state === "failed" ? { state: "unknown" } : undefined;
  return (
    <main>
      <header>
        <Mark />
        <h1>{say("productShort")}</h1>
      </header>
      {status === undefined ? (
        <p class="loading">{say("loading")}</p>
      ) : (
        <Now status={status} onChange={reload} />
      )}
      <footer>
        <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
          {say("optionsLink")}
        </button>
      </footer>
    </main>
  );
}

function Now({ status, onChange }: { status: CardStatus; onChange: () => void }) {
  const [isBusy, setBusy] = useState(false);
  const { word, look } = words[status.state];
  async function leave(type: "popup/open-wizard" | "popup/open-guide") {
    setBusy(true);
    await ask(type, {}).catch(() => undefined);
    window.close();
  }
  return (
    <>
      <p class="state" role="status">
        <span class={`dot ${look}`} aria-hidden="true" />
        {say(word)}
      </p>
      {"mode" in status && (
        <p class="hint">
          {[
            say(`mode_${status.mode}`),
            sayCount("devices", status.devices),
            status.lastSyncAt === null
              ? say("neverSynced")
              : say("synced", relativeTime(status.lastSyncAt, Date.now())),
          ].join(" · ")}
        </p>
      )}
      {status.state === "unpaired" ? (
        <PairingForm onPaired={onChange} />
      ) : (
        <div class="stack">
          <button
            type="button"
            class="primary"
            disabled={isBusy}
            onClick={() => void leave("popup/open-wizard")}
          >
            {say(mainAction(status.state))}
          </button>
          {status.state !== "connected" && (
            <button type="button" disabled={isBusy} onClick={() => void leave("popup/open-guide")}>
              {say("guideMe")}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function mainAction(state: CardStatus["state"]): Word {
  if (state === "unconnected") return "connectToJumpCloud";
  return state === "needs_key" ? "renewKey" : "open";
}
