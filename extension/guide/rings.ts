import { boxOf } from "./deep.ts";

export interface Rings {
  /** Rings these and no others; nothing where the page no longer has them. */
  around(targets: readonly Element[]): void;
}

const gap = 5;

/** Rings around what to click. They follow it frame by frame while there is one, and never take a click. */
export function buildRings(body: HTMLElement, signal: AbortSignal): Rings {
  const rings = new Map<Element, HTMLElement>();
  let frame = 0;
  const follow = () => {
    for (const [target, ring] of rings) lay(ring, target);
    frame = rings.size > 0 ? requestAnimationFrame(follow) : 0;
  };
  signal.addEventListener("abort", () => cancelAnimationFrame(frame), { once: true });

  return {
    around(targets) {
      for (const [target, ring] of rings) {
        if (targets.includes(target)) continue;
        ring.remove();
        rings.delete(target);
      }
      for (const target of targets) {
        if (rings.has(target)) continue;
        const ring = document.createElement("div");
        ring.className = "ring";
        ring.ariaHidden = "true";
        body.prepend(ring);
        rings.set(target, ring);
      }
      cancelAnimationFrame(frame);
      if (!signal.aborted) follow();
    },
  };
}

function lay(ring: HTMLElement, target: Element): void {
  const box = boxOf(target);
  ring.hidden = !target.isConnected || box.width === 0;
  const at = `${box.left - gap}px ${box.top - gap}px`;
  if (ring.style.translate !== at) ring.style.translate = at;
  const size = { width: `${box.width + 2 * gap}px`, height: `${box.height + 2 * gap}px` };
  if (ring.style.width !== size.width || ring.style.height !== size.height) Object.assign(ring.style, size);
}
