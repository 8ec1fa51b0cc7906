import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { say } from "./words.ts";

/** Copies a text; says so where it worked, and shows the text to be copied by hand where it did not. */
export function CopyButton({ text, children }: { text: string; children: ComponentChildren }) {
  const [outcome, setOutcome] = useState<"copied" | "refused">();
  async function copy() {
    setOutcome(await copyText(text));
  }
  return (
    <div class="copy">
      <button type="button" class="small" onClick={() => void copy()}>
        {children}
      </button>
      <span role="status">{outcome === "copied" && say("copied")}</span>
      {outcome === "refused" && <textarea readOnly rows={6} aria-label={say("copyByHand")} value={text} />}
    </div>
  );
}

/** Writes to the clipboard. In a frame the page around us may have to allow it, so the old way is the fallback. */
export async function copyText(text: string): Promise<"copied" | "refused"> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied ? "copied" : "refused";
  }
}
