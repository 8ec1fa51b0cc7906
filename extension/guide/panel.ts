import { type Act, type Advice, spoken } from "./advice.ts";
import { words } from "./words.ts";

export interface Panel {
  element: HTMLElement;
  header: HTMLElement;
  /** Shows the advice, and tells it to screen readers where it is new. */
  show(advice: Advice): void;
  /** Says that the message was copied; shows it where the browser would not copy. */
  copied(isCopied: boolean): void;
  /** Says what went wrong with a button. */
  fail(sentence: string): void;
}

/** Builds the panel. `act` and `close` are called on a person's click only. */
export function buildPanel(body: HTMLElement, act: (act: Act) => void, close: () => void): Panel {
  const closeButton = make("button", { className: "close", type: "button", ariaLabel: words.close() });
  closeButton.append(icon("M4 4l8 8M12 4l-8 8"));
  closeButton.addEventListener("click", (event) => event.isTrusted && close());
  const header = make("header", {});
  header.append(
    icon("M3.5 8h.01M8 8h.01M12.5 8h.01", 3.4),
    make("h2", { textContent: words.guide() }),
    closeButton,
  );

  const steps = make("ol", { ariaLabel: words.steps() });
  for (const name of [words.stepMenu(), words.stepGenerate(), words.stepSend()])
    steps.append(make("li", { textContent: name }));
  const live = make("p", { className: "live", role: "status", ariaLive: "polite" });
  const text = make("div", { className: "content" });
  const element = make("aside", { role: "complementary", ariaLabel: words.guide() });
  element.append(header, text, live);
  body.append(element);

  let shown = "";
  const announce = (sentence: string) => {
    // A live region that was just moved in the document says nothing until it changes.
    live.textContent = "";
    setTimeout(() => {
      live.textContent = sentence;
    }, 150);
  };
  return {
    element,
    header,
    show(advice) {
      const now = JSON.stringify(advice);
      if (now === shown) return;
      shown = now;
      const hadFocus = text.matches(":focus-within");
      mark(steps, advice.step);
      text.replaceChildren(steps, ...sentences(advice), ...controls(advice, act));
      if (hadFocus) closeButton.focus();
      announce(spoken(advice));
    },
    copied(isCopied) {
      const button = text.querySelector(".acts button");
      if (isCopied && button) button.textContent = words.copied();
      if (!isCopied && !text.querySelector("textarea")) {
        const message = make("textarea", {
          value: words.message(),
          readOnly: true,
          ariaLabel: words.copyMessage(),
        });
        text.append(message);
        message.select();
      }
      announce(isCopied ? words.copied() : words.message());
    },
    fail(sentence) {
      text.querySelector("[role=alert]")?.remove();
      text.append(make("p", { className: "warns", role: "alert", textContent: sentence }));
    },
  };
}

function mark(steps: HTMLElement, step: number): void {
  for (const [index, item] of [...steps.children].entries()) {
    item.classList.toggle("past", index + 1 < step);
    item.ariaCurrent = index + 1 === step ? "step" : null;
  }
}

function sentences(advice: Advice): HTMLElement[] {
  const all = [make("p", { className: "says", textContent: advice.says })];
  if (advice.adds !== undefined) all.push(make("p", { className: "adds", textContent: advice.adds }));
  if (advice.warns !== undefined) all.push(make("p", { className: "warns", textContent: advice.warns }));
  return all;
}

function controls(advice: Advice, act: (act: Act) => void): HTMLElement[] {
  const acts = make("div", { className: "acts" });
  const chosen = advice.act;
  if (chosen) {
    const button = make("button", { type: "button", className: chosen.weight, textContent: chosen.name });
    // The page can dispatch clicks; only a person's counts.
    button.addEventListener("click", (event) => event.isTrusted && act(chosen.does));
    acts.append(button);
  }
  if (advice.link)
    acts.append(
      make("a", {
        className: "button",
        href: location.origin + advice.link.path,
        textContent: advice.link.name,
      }),
    );
  return acts.childElementCount > 0 ? [acts] : [];
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}

function icon(path: string, weight = 1.8): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const attributes = {
    viewBox: "0 0 16 16",
    width: "16",
    height: "16",
    fill: "none",
    stroke: "currentColor",
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  svg.setAttribute("stroke-width", String(weight));
  svg.setAttribute("stroke-linecap", "round");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
