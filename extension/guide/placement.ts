import type { PanelPlace } from "../messages.ts";

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Place {
  left: number;
  top: number;
}

const gap = 16;

/**
 * Takes the panel's size, the window's, what it may on no account cover and what it should rather not; gives the
 * corner that covers least. The corners come in the order they are liked; a later one must be truly better.
 */
export function cornerFor(
  panel: Box,
  view: Box,
  never: readonly Box[],
  rather: readonly Box[],
  isRtl: boolean,
): Place {
  let best: { at: Place; cost: number } | undefined;
  for (const at of corners(panel, view, isRtl)) {
    const box = { ...panel, ...at };
    const cost = 20 * covered(box, never) + covered(box, rather);
    if (best === undefined || cost < best.cost) best = { at, cost };
  }
  return best?.at ?? { left: gap, top: gap };
}

/** Takes where the panel is; gives the next corner, round the window. */
export function nextCorner(from: Place, panel: Box, view: Box, isRtl: boolean): Place {
  const round = corners(panel, view, isRtl);
  const far = (corner: Place) => Math.hypot(corner.left - from.left, corner.top - from.top);
  const nearest = round.reduce((best, corner) => (far(corner) < far(best) ? corner : best));
  return round[(round.indexOf(nearest) + 1) % round.length] ?? nearest;
}

/** The four corners, in the order they are liked and one after the other round the window. */
function corners(panel: Box, view: Box, isRtl: boolean): Place[] {
  const near = Math.max(gap, view.width - panel.width - gap);
  const [end, start] = isRtl ? [gap, near] : [near, gap];
  const low = Math.max(gap, view.height - panel.height - gap);
  return [
    { left: end, top: low },
    { left: end, top: gap },
    { left: start, top: gap },
    { left: start, top: low },
  ];
}

/** Takes a place in the window; gives it as a share of the room. */
export function shareOf(at: Place, panel: Box, view: Box): PanelPlace {
  const part = (value: number, room: number) => (room > 0 ? Math.min(Math.max(value / room, 0), 1) : 0);
  return { x: part(at.left, view.width - panel.width), y: part(at.top, view.height - panel.height) };
}

/** Takes a share of the room; gives the place in this window. */
export function placeOf({ x, y }: PanelPlace, panel: Box, view: Box): Place {
  return { left: x * (view.width - panel.width), top: y * (view.height - panel.height) };
}

/** Takes where the panel was dragged to; keeps it within the window. */
export function keptInside(at: Place, panel: Box, view: Box): Place {
  const inside = (value: number, room: number) => Math.min(Math.max(value, 8), Math.max(8, room - 8));
  return { left: inside(at.left, view.width - panel.width), top: inside(at.top, view.height - panel.height) };
}

/** Takes a box and others; gives the area of it that they share. */
export function covered(box: Box, others: readonly Box[]): number {
  return others.reduce((sum, other) => sum + overlap(box, other), 0);
}

/** Where the button goes: outside the dialog at the height of the key, or under the key where there is no room. */
export function besideKey(button: Box, key: Box, dialog: Box, view: Box, isRtl: boolean): Place {
  const middle = key.top + key.height / 2 - button.height / 2;
  const right = dialog.left + dialog.width + 12;
  const left = dialog.left - 12 - button.width;
  const fitsRight = right + button.width + 8 <= view.width;
  const fitsLeft = left >= 8;
  if (fitsRight && (!isRtl || !fitsLeft)) return { left: right, top: middle };
  if (fitsLeft && isRtl) return { left, top: middle };
  const under = key.top + key.height + 8;
  const at = isRtl ? key.left : key.left + key.width - button.width;
  return keptInside({ left: at, top: under }, button, view);
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
