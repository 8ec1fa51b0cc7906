import { CopyButton } from "../ui/copy-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Screen } from "../ui/screen.tsx";
import { say } from "../ui/words.ts";

/** Step 1: what Dots reads, what it never reads, what one needs. */
export function StepReads({ onAllow, onCancel }: { onAllow: () => void; onCancel: () => void }) {
  return (
    <Screen
      step={1}
      title={say("readsTitle")}
      actions={
        <>
          <button type="button" onClick={onCancel}>
            {say("cancel")}
          </button>
          <button type="button" class="primary" onClick={onAllow}>
            {say("allowAndContinueFirst")}
          </button>
        </>
      }
    >
      <div class="columns">
        <Listed title={say("readsHeading")} items={say("readsItems")} icon="check" />
        <Listed title={say("neverHeading")} items={say("neverItems")} icon="never" />
      </div>
      <p class="promise">
        <Icon name="lock" />
        {say("readOnly")}
      </p>
      <section class="needs">
        <h2>{say("needHeading")}</h2>
        <ul class="plain">
          <li>{say("needAdmin")}</li>
          <li>{say("needApi")}</li>
        </ul>
        <HowToCheck />
      </section>
    </Screen>
  );
}

/** Three lines on where API access is switched on, and a message for whoever may do it. */
export function HowToCheck({ open = false }: { open?: boolean }) {
  return (
    <details class="disclosure" open={open}>
      <summary>
        <Icon name="chevron" />
        {say("howToCheck")}
      </summary>
      <ol>
        <li>{say("howToCheck1")}</li>
        <li>{say("howToCheck2")}</li>
        <li>{say("howToCheck3")}</li>
      </ol>
      <CopyButton text={say("messageToAdmin")}>{say("copyMessage")}</CopyButton>
    </details>
  );
}

/** The items are one message, a line each, so that a language can order and merge them. */
function Listed({ title, items, icon }: { title: string; items: string; icon: "check" | "never" }) {
  return (
    <section class={`listed ${icon}`}>
      <h2>{title}</h2>
      <ul>
        {items.split("\n").map((item) => (
          <li key={item}>
            <Icon name={icon} />
            <span>{item}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
