import type { Place } from "./placement.ts";

/** Lets the panel be dragged by its header; `moved` gets where it should go. */
export function draggable(header: HTMLElement, panel: HTMLElement, moved: (to: Place) => void): void {
  header.addEventListener("pointerdown", (start) => {
    if (start.button !== 0 || (start.target instanceof Element && start.target.closest("button"))) return;
    const box = panel.getBoundingClientRect();
    const drag = new AbortController();
    header.setPointerCapture(start.pointerId);
    header.addEventListener(
      "pointermove",
      (event) =>
        moved({
          left: box.left + event.clientX - start.clientX,
          top: box.top + event.clientY - start.clientY,
        }),
      { signal: drag.signal },
    );
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      header.addEventListener(end, () => drag.abort(), { signal: drag.signal });
  });
}
