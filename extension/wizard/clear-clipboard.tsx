import { useState } from "preact/hooks";
import { say } from "../ui/words.ts";

/** A key that was pasted is in the clipboard still, for every program to read: offers to take it out. */
export function ClearClipboard() {
  const [outcome, setOutcome] = useState<"cleared" | "refused">();
  async function clear() {
    const isCleared = await navigator.clipboard.writeText("").then(
      () => true,
      () => false,
    );
    setOutcome(isCleared ? "cleared" : "refused");
  }
  return (
    <div class="copy">
      <button type="button" class="small" onClick={() => void clear()}>
        {say("clearClipboard")}
      </button>
      <span role="status">
        {outcome === "cleared" && say("clipboardCleared")}
        {outcome === "refused" && say("clipboardNotCleared")}
      </span>
    </div>
  );
}
