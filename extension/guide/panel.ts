import { button, element, icon } from "../in-page/element.ts";
import { say } from "../ui/words.ts";
import { type Act, type Advice, spoken } from "./advice.ts";
import { needsList } from "./needs.ts";
import { buildPasteField } from "./paste-field.ts";

/** What the panel's controls do; called on a person's press only. */
export interface PanelDoes {
  act(act: Act): void;
  /** A key that was pasted. */
  send(key: string): void;
  nextCorner(): void;
  close(): void;
}

export interface Panel {
  element: HTMLElement;
  header: HTMLElement;
  /** Drags by pointer, moves by key, goes round the corners when pressed. */
  handle: HTMLElement;
  /** Shows the advice, and tells it to screen readers where it is new. */
  show(advice: Advice): void;
  /** An event in one of our elements, which nobody else gets to see. */
  hear(event: Event, focused: Element | null): void;
  /** Puts the focus on what to do next. */
  focus(): void;
  /** Says that the message was copied; shows it where the browser would not copy. */
  copied(isCopied: boolean): void;
  /** Says what went wrong with a button. */
  fail(sentence: string): void;
}

/** Builds the panel. */
export function buildPanel(body: HTMLElement, does: PanelDoes): Panel {
  const close = button(
    { className: "close", ariaLabel: say("guideClose") },
    does.close,
    icon("M4 4l8 8M12 4l-8 8"),
  );
  const handle = button(
    { className: "close handle", ariaLabel: say("guideMove") },
    does.nextCorner,
    icon("M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01", 2.4),
  );
  handle.setAttribute("aria-describedby", "how");
  const how = element("span", { id: "how", hidden: true, textContent: say("guideMoveHow") });
  const header = element("header", {}, handle, element("h2", { textContent: say("guideName") }), close, how);

  const steps = element("ol", { ariaLabel: say("guideSteps") });
  for (const name of ["guideStepMenu", "guideStepGenerate", "guideStepSend"] as const)
    steps.append(element("li", { textContent: say(name) }));
  const said = element("div", { className: "said" });
  const paste = buildPasteField(does.send);
  const openPaste = () => {
    isOpened = true;
    layOut();
    paste.field.focus();
  };
  const trouble = element("p", { className: "trouble", role: "alert" });
  const live = element("p", { className: "unseen", role: "status", ariaLive: "polite" });
  const content = element("div", { className: "content" }, steps, said, paste.form, trouble);
  const panel = element(
    "aside",
    { role: "complementary", ariaLabel: say("guideName") },
    header,
    content,
    live,
  );
  body.append(panel);

  let shown: Advice | undefined;
  let isOpened = false;
  const layOut = () => {
    paste.form.hidden = shown?.paste !== "open" && !(shown?.paste === "offered" && isOpened);
    said.querySelector(".offer")?.toggleAttribute("hidden", isOpened);
  };
  const announce = (sentence: string) => {
    // A live region that was just moved in the document says nothing until it changes.
    live.textContent = "";
    setTimeout(() => {
      live.textContent = sentence;
    }, 150);
  };
  const focus = () => (said.querySelector<HTMLElement>("button:not([hidden]), a") ?? close).focus();
  return {
    element: panel,
    header,
    handle,
    focus,
    show(advice) {
      if (advice === shown) return;
      shown = advice;
      const hadFocus = content.matches(":focus-within");
      mark(steps, advice.step);
      said.replaceChildren(...sentences(advice), ...controls(advice, does.act, openPaste));
      trouble.textContent = "";
      if (paste.field.value === "" && !paste.form.matches(":focus-within")) isOpened = false;
      if (!advice.paste) paste.clear();
      layOut();
      if (hadFocus && !content.matches(":focus-within")) focus();
      announce(spoken(advice));
    },
    hear(event, focused) {
      if (focused === paste.field) paste.hear(event);
    },
    copied(isCopied) {
      const copy = said.querySelector(".acts button");
      if (isCopied && copy) copy.textContent = say("copied");
      if (!isCopied && !said.querySelector("textarea")) said.append(messageToCopy());
      announce(say(isCopied ? "copied" : "copyByHand"));
    },
    fail(sentence) {
      trouble.textContent = sentence;
    },
  };
}

function mark(steps: HTMLElement, step: number): void {
  for (const [index, item] of [...steps.children].entries()) {
    item.classList.toggle("past", index + 1 < step);
    item.ariaCurrent = index + 1 === step ? "step" : null;
  }
}

function sentences({ says, adds, warns, needs }: Advice): HTMLElement[] {
  const all: HTMLElement[] = [element("p", { className: "says", textContent: say(says) })];
  if (adds) all.push(element("p", { className: "adds", textContent: say(adds) }));
  if (warns) all.push(element("p", { className: "warns", textContent: say(warns) }));
  if (needs) all.push(needsList(needs));
  return all;
}

/** Made anew with each advice: what stays and moves would count as a shift of the page's layout. */
function controls(
  { act, link, paste }: Advice,
  press: (act: Act) => void,
  openPaste: () => void,
): HTMLElement[] {
  const acts = element("div", { className: "acts" });
  if (act) acts.append(button({ textContent: say(act.name) }, () => press(act.does)));
  if (link)
    acts.append(
      element("a", { className: "button", href: location.origin + link.path, textContent: say(link.name) }),
    );
  if (paste === "offered")
    acts.append(button({ className: "second offer", textContent: say("guideHaveKey") }, openPaste));
  return acts.childElementCount > 0 ? [acts] : [];
}

/** The message for the colleague who can help, for copying by hand. */
function messageToCopy(): HTMLTextAreaElement {
  const message = element("textarea", {
    value: say("messageToAdmin"),
    readOnly: true,
    ariaLabel: say("copyByHand"),
  });
  queueMicrotask(() => message.select());
  return message;
}
