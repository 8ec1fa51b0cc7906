/** How long changes are gathered before one look at the page. */
const gatherMs = 100;

/**
 * Calls `look` soon, and again after anything on the page changed: one observer, one look for a burst of changes,
 * until `signal` says stop.
 */
export function onEachChange(
  look: () => void,
  signal: AbortSignal,
  options: Pick<MutationObserverInit, "attributes" | "attributeFilter" | "characterData"> = {},
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, gatherMs);
  };
  const observer = new MutationObserver(soon);
  observer.observe(document, { ...options, childList: true, subtree: true });
  for (const name of ["hashchange", "popstate", "resize"]) window.addEventListener(name, soon, { signal });
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
