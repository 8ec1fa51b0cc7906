import type { Place } from "./placement.ts";

const arrows: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far one press of an arrow key goes. */
const stride = 24;

/**
 * Lets the panel be dragged by its header. `to` gets where it should go, `end` is called when it is there. A press
 * without moving is no drag.
 */
export function draggable(
  header: HTMLElement,
  panel: HTMLElement,
  to: (place: Place) => void,
  end: () => void,
): void {
  header.addEventListener("pointerdown", (start) => {
    if (
      start.button !== 0 ||
      (start.target instanceof Element && start.target.closest("button:not(.handle)"))
    )
      return;
    const box = panel.getBoundingClientRect();
    const drag = new AbortController();
    let isMoved = false;
    const move = (event: PointerEvent) => {
      const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
      if (!isMoved && Math.hypot(x, y) < 4) return;
      if (!isMoved) header.setPointerCapture(start.pointerId);
      isMoved = true;
      to({ left: box.left + x, top: box.top + y });
    };
    const stop = () => {
      drag.abort();
      if (isMoved) end();
    };
    // At the window: a quick pointer is out of the header before it is captured there, and a press need not be.
    const options = { capture: true, signal: drag.signal };
    window.addEventListener("pointermove", move, options);
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, stop, options);
  });
}

/** Takes a key press on the panel's handle; gives where the panel should go, nothing for other keys. */
export function movedByKey(event: Event, panel: HTMLElement): Place | undefined {
  const arrow = event.type === "keydown" && "key" in event ? arrows[String(event.key)] : undefined;
  if (!arrow) return undefined;
  const { left, top } = panel.getBoundingClientRect();
  return { left: left + arrow[0] * stride, top: top + arrow[1] * stride };
}
