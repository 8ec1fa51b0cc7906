import { say, type Word } from "../ui/words.ts";
import type { Glance } from "./at-a-glance.ts";

type State = Glance["state"] | "unknown";

const looks: Record<State, { word: Word; look: "good" | "bad" | "mild" | "idle" }> = {
  unpaired: { word: "state_unpaired", look: "idle" },
  unconnected: { word: "state_unconnected", look: "idle" },
  connected: { word: "state_connected", look: "good" },
  syncing: { word: "state_syncing", look: "good" },
  paused: { word: "state_paused", look: "idle" },
  key_ends: { word: "state_key_ends", look: "mild" },
  needs_key: { word: "state_needs_key", look: "bad" },
  unknown: { word: "state_unknown", look: "bad" },
};

/** The state as a dot with a word, never by colour alone. */
export function StateLine({ state }: { state: State }) {
  const { word, look } = looks[state];
  return (
    <p class="state" role="status">
      <span class={`dot ${look}`} aria-hidden="true" />
      {say(word)}
    </p>
  );
}
