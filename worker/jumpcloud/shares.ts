/** What one reader of an organization was given, and until when it counts. */
export interface Share {
  places: number;
  /** Requests it had under way when it last asked: they end by themselves. */
  inFlight: number;
  /** Epoch milliseconds. */
  until: number;
}
export type Shares = Readonly<Record<string, Share>>;

export interface Grant {
  places: number;
  /** When to ask again, in milliseconds from now; the places count a while longer. */
  askAgainMs: number;
  lastsMs: number;
}

/** A reader that was killed keeps its places this long. */
export const shareLastsMs = 5_000;
const askAgainMs = 1_000;
/** Somebody waits for places that another one gives back by and by. */
const askSoonMs = 200;
/** Where there are more readers than places, they take turns. */
const turnMs = 2_000;

/**
 * Deals an organization's places out to those that read it, evenly. Nobody is given what another one still has:
 * a newcomer waits until the others have asked again and were given less. Pure.
 */
export function deal(
  shares: Shares,
  reader: string,
  inFlight: number,
  places: number,
  now: number,
): { grant: Grant; shares: Shares } {
  const others = Object.entries(shares).filter(([name, { until }]) => name !== reader && until > now);
  const names = [reader, ...others.map(([name]) => name)].sort();
  const turn = (names.indexOf(reader) + Math.floor(now / turnMs)) % names.length;
  const fair = Math.floor(places / names.length) + (turn < places % names.length ? 1 : 0);
  const taken = others.reduce((sum, [, share]) => sum + Math.max(share.places, share.inFlight), 0);
  const granted = Math.max(0, Math.min(fair, places - taken));
  const share = { places: granted, inFlight, until: now + shareLastsMs };
  const isSettled = granted === fair && inFlight <= granted;
  return {
    grant: { places: granted, askAgainMs: isSettled ? askAgainMs : askSoonMs, lastsMs: shareLastsMs },
    shares: { ...Object.fromEntries(others), [reader]: share },
  };
}
