import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

/** A button that asks one question before it acts. The question takes the button's place, and the focus. */
export function AskOnce({
  word,
  question,
  yes,
  no,
  isDanger = false,
  onYes,
}: {
  word: string;
  question: ComponentChildren;
  yes: string;
  no: string;
  isDanger?: boolean;
  onYes: () => Promise<void> | void;
}) {
  const [state, setState] = useState<"idle" | "asking" | "acting" | "declined">("idle");
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const answer = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (state === "asking") answer.current?.focus();
    if (state === "declined") opener.current?.focus();
  }, [state]);
  if (state === "idle" || state === "declined")
    return (
      <button ref={opener} type="button" class="small" onClick={() => setState("asking")}>
        {word}
      </button>
    );
  async function act() {
    setState("acting");
    await onYes();
    setState("idle");
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset names a group of fields, this asks with two buttons.
    <div
      class="ask-once"
      role="group"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || state === "acting") return;
        event.preventDefault();
        setState("declined");
      }}
    >
      <p id={id}>{question}</p>
      <div class="card-actions">
        <button
          type="button"
          class={isDanger ? "small danger" : "small secondary"}
          disabled={state === "acting"}
          onClick={() => void act()}
        >
          {yes}
        </button>
        <button
          ref={answer}
          type="button"
          class="small"
          disabled={state === "acting"}
          onClick={() => setState("declined")}
        >
          {no}
        </button>
      </div>
    </div>
  );
}
