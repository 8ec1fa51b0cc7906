import { useEffect } from "preact/hooks";
import { browser } from "wxt/browser";
import { ask, callWorker } from "../messages.ts";
import { PairingForm } from "../pairing-form.tsx";
import { Alert } from "../ui/alert.tsx";
import { Mark } from "../ui/icon.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { type Glance, glanceAt, newestSyncs } from "./at-a-glance.ts";
import { LastSyncs } from "./last-syncs.tsx";
import { Now } from "./now.tsx";
import { StateLine } from "./state-line.tsx";

const mostConnections = 20;
const mostSyncs = 3;
const paceWhileSyncing = 2000;

/** The toolbar popup: how things are, and the one thing to do now. */
export function Popup() {
  const [loaded, reload] = useLoaded(look);
  const isSyncing = loaded.state === "ready" && loaded.value.glance.state === "syncing";
  useEffect(() => {
    if (!isSyncing) return;
    const timer = setInterval(reload, paceWhileSyncing);
    return () => clearInterval(timer);
  }, [isSyncing]);
  const isUnpaired =
    (loaded.state === "ready" && loaded.value.glance.state === "unpaired") ||
    (loaded.state === "failed" && loaded.trouble.code === "unauthorized");
  return (
    <main aria-busy={loaded.state === "loading"}>
      <header>
        <Mark />
        <h1>{say("productShort")}</h1>
      </header>
      {loaded.state === "loading" && <p class="loading">{say("loading")}</p>}
      {isUnpaired && (
        <>
          <StateLine state="unpaired" />
          <PairingForm onPaired={reload} />
        </>
      )}
      {loaded.state === "failed" && !isUnpaired && (
        <>
          <StateLine state="unknown" />
          {/* That Dots cannot be reached says all there is: nothing was typed here. */}
          {loaded.trouble.code !== "offline" && <Alert mild>{sentenceFor(loaded.trouble)}</Alert>}
          <button type="button" class="primary" onClick={reload}>
            {say("tryAgain")}
          </button>
        </>
      )}
      {loaded.state === "ready" && loaded.value.glance.state !== "unpaired" && (
        <>
          <Now glance={loaded.value.glance} onSynced={reload} />
          {loaded.value.syncs.length > 0 && <LastSyncs syncs={loaded.value.syncs} />}
        </>
      )}
      <footer>
        <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
          {say("optionsLink")}
        </button>
      </footer>
    </main>
  );
}

async function look(): Promise<{ glance: Glance; syncs: ReturnType<typeof newestSyncs> }> {
  const { paired } = await ask("pairing/state", {});
  if (!paired) return { glance: { state: "unpaired" }, syncs: [] };
  const query = { limit: String(mostConnections) };
  const { items } = await callWorker("listConnections", { query });
  const lists = await Promise.all(
    items.map(({ id }) => callWorker("listSyncs", { id, query: { limit: String(mostSyncs * 2) } })),
  );
  const syncs = newestSyncs(
    lists.map((list) => list.items),
    mostSyncs,
  );
  return { glance: glanceAt(items, syncs, new Date()), syncs };
}
