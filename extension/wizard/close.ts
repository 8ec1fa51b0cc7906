/** Closes the wizard: the dialog of the Dots page it is framed by, or its own tab or window. */
export function closeWizard(framedBy: string | undefined): void {
  if (framedBy !== undefined) window.parent.postMessage({ dotsConnect: "close" }, framedBy);
  else window.close();
}

/**
 * In a dialog Escape closes the wizard, as it closes any dialog, unless something within took the key for itself: the
 * page around the frame does not hear it. Gives how to stop.
 */
export function closeOnEscape(framedBy: string | undefined): () => void {
  const hear = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented && framedBy !== undefined) closeWizard(framedBy);
  };
  window.addEventListener("keydown", hear);
  return () => window.removeEventListener("keydown", hear);
}
