import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Trouble } from "../messages.ts";
import { Alert } from "./alert.tsx";
import { Mark } from "./icon.tsx";
import { sentenceFor } from "./trouble.ts";
import { say, type Word } from "./words.ts";

const steps = 4;

/** One screen: where one is, a title, and at the end the buttons, the primary one last. */
export function Screen({
  step,
  title,
  children,
  actions,
}: {
  step?: number | undefined;
  title: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // A screen reader goes on at the title, not where the button was that is gone.
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="screen">
      <header>
        <Mark />
        <span class="product">{say("productShort")}</span>
        {step !== undefined && (
          <span class="step">
            <span class="step-dots" aria-hidden="true">
              {Array.from({ length: steps }, (_, index) => (
                <i key={String(index)} class={index < step ? "past" : ""} />
              ))}
            </span>
            {say("step", step, steps)}
          </span>
        )}
      </header>
      <div class="body">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
      {actions !== undefined && <footer>{actions}</footer>}
    </main>
  );
}

/** While what a screen shows is on its way. */
export function LoadingScreen() {
  return (
    <main class="screen" aria-busy="true">
      <p class="loading" role="status">
        {say("loading")}
      </p>
    </main>
  );
}

/** Where it could not be had: what went wrong, and another try. */
export function FailedScreen({
  trouble,
  title,
  retryWord = "tryAgain",
  onRetry,
  actions,
}: {
  trouble: Trouble;
  title: string;
  retryWord?: Word;
  onRetry: () => void;
  actions?: ComponentChildren;
}) {
  const retry = (
    <button type="button" class="small" onClick={onRetry}>
      {say(retryWord)}
    </button>
  );
  return (
    <Screen title={title} actions={actions}>
      <Alert action={retry}>{sentenceFor(trouble)}</Alert>
    </Screen>
  );
}
