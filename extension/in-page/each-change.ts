/** How long changes are gathered before one look at the page. */
const gatherMs = 100;

export interface Watch extends Pick<MutationObserverInit, "attributes" | "attributeFilter"> {
  /** Events after which the page may look different without its document having changed. */
  events?: readonly string[];
  /** Whether a change now is to be looked at before the browser paints it. */
  isUrgent?: () => boolean;
}

/**
 * Calls `look` soon, and again after anything on the page changed: one observer, one look for a burst of changes,
 * until `signal` says stop.
 */
export function onEachChange(
  look: () => void,
  signal: AbortSignal,
  { events = [], isUrgent = () => false, ...options }: Watch = {},
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, gatherMs);
  };
  // An observer is called after the script that changed the page and before the browser paints.
  const observer = new MutationObserver(() => (isUrgent() ? look() : soon()));
  observer.observe(document, { ...options, childList: true, subtree: true });
  for (const name of ["hashchange", "popstate", "resize", ...events])
    window.addEventListener(name, soon, { signal, passive: true });
  signal.addEventListener(
    "abort",
    () => {
      observer.disconnect();
      clearTimeout(timer);
    },
    { once: true },
  );
  look();
}
