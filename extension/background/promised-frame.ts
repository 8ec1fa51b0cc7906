import type { PromisedFrame } from "../storage.ts";

const lifetime = 60_000;

/** Takes what was promised and a nonce; gives the frame it stands for, and what is left: each is good once. */
export function redeemFrame(
  promised: PromisedFrame[],
  nonce: string,
  tabId: number | null,
  now: number,
): { frame: PromisedFrame | undefined; left: PromisedFrame[] } {
  const fresh = promised.filter((frame) => now - frame.promisedAt < lifetime);
  const frame = fresh.find((each) => each.nonce === nonce && each.tabId === tabId);
  return { frame, left: fresh.filter((each) => each !== frame) };
}
