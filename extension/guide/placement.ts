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
  const near = Math.max(gap, view.width - panel.width - gap);
  const [end, start] = isRtl ? [gap, near] : [near, gap];
  const low = Math.max(gap, view.height - panel.height - gap);
  let best = { left: end, top: low, cost: Number.POSITIVE_INFINITY };
  for (const [left, top] of [
    [end, low],
    [end, gap],
    [start, low],
    [start, gap],
  ] as const) {
    const box = { ...panel, left, top };
    const cost = 20 * covered(box, never) + covered(box, rather);
    if (cost < best.cost) best = { left, top, cost };
  }
  return { left: best.left, top: best.top };
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
