/** What carries, or acts on, what somebody types, pastes or drags. */
const telling =
  "keydown keypress keyup beforeinput textInput input change paste copy cut drop dragstart compositionstart compositionupdate compositionend".split(
    " ",
  );

type Hear = (event: Event) => void;
const hearers = new WeakMap<EventTarget, Hear>();

/**
 * Keeps from the page what is typed and pasted in our own elements: a closed shadow root hides the field, not the
 * events, which pass through the page's listeners on their way. To be called before any script of the page runs:
 * whoever listens first at the window hears first.
 */
export function startQuiet(signal: AbortSignal): void {
  const hear = (event: Event) => {
    // The host may itself stand in an open shadow root of the page, which then is the target.
    const host = event.composedPath().find((step) => hearers.has(step));
    const tell = host && hearers.get(host);
    if (!tell) return;
    event.stopImmediatePropagation();
    if (event.isTrusted) tell(event);
  };
  for (const name of telling) window.addEventListener(name, hear, { capture: true, signal });
}

/** From now on such events in this host are told to `hear` alone. Typing and pressing work as ever. */
export function quiet(host: HTMLElement, hear: Hear): void {
  hearers.set(host, hear);
}

/**
 * Says whether it is a press on Escape, and takes it from the browser too: it closes what is ours, and not JumpCloud's
 * dialog around it, whose key would be lost.
 */
export function isEscape(event: Event): boolean {
  const isIt = event.type === "keydown" && "key" in event && event.key === "Escape";
  if (isIt) event.preventDefault();
  return isIt;
}
