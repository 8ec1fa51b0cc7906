import { useState } from "preact/hooks";
import { cleanKey, type KeyShape, keyShape } from "../../shared/key-shape.ts";
import { say, type Word } from "../ui/words.ts";
import { ClearClipboard } from "./clear-clipboard.tsx";

const hints: Record<KeyShape, Word> = {
  "api-key": "shapeApiKey",
  legacy: "shapeLegacy",
  "service-account": "shapeServiceAccount",
  unknown: "shapeUnknown",
};

/** The field for the key: hidden unless asked, free of what a clipboard adds, with a hint but no verdict. */
export function KeyField({
  apiKey,
  isDropped,
  onChange,
}: {
  apiKey: string;
  /** It was held for as long as a key is held, and is gone. */
  isDropped: boolean;
  onChange: (apiKey: string) => void;
}) {
  const [isShown, setShown] = useState(false);
  const [isPasted, setPasted] = useState(false);
  const shape = apiKey === "" ? undefined : keyShape(apiKey);
  return (
    <div class="stack">
      <label for="api-key">{say("apiKey")}</label>
      <div class="field-row joined">
        <input
          id="api-key"
          class="key"
          {...(isShown ? { type: "text" as const } : { type: "password" as const })}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="api-key-hint"
          data-1p-ignore
          data-lpignore="true"
          value={apiKey}
          onInput={(event) => onChange(cleanKey(event.currentTarget.value))}
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData("text/plain");
            if (pasted === undefined) return;
            // A field of one line would turn a line end within the key into a space.
            event.preventDefault();
            setPasted(true);
            event.currentTarget.setRangeText(cleanKey(pasted), ...selectionOf(event.currentTarget), "end");
            onChange(cleanKey(event.currentTarget.value));
          }}
        />
        <button type="button" aria-controls="api-key" onClick={() => setShown(!isShown)}>
          {say(isShown ? "hide" : "show")}
        </button>
      </div>
      <p class={`hint shape ${shape ?? "none"}`} id="api-key-hint" aria-live="polite">
        {shape === undefined ? say(isDropped ? "keyDropped" : "shapeNone") : say(hints[shape])}
      </p>
      {isPasted && <ClearClipboard />}
    </div>
  );
}

function selectionOf(field: HTMLInputElement): [start: number, end: number] {
  return [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
}
