/** Closes the wizard: the dialog of the Dots page it is framed by, or its own tab or window. */
export function closeWizard(framedBy: string | undefined): void {
  if (framedBy !== undefined) window.parent.postMessage({ dotsConnect: "close" }, framedBy);
  else window.close();
}
