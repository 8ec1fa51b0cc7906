export type Bar = { count: number; share: number } & ({ kind: "one"; name: string } | { kind: "rest" });

/** Takes counts by name; gives at most `most` bars, largest first, the rest as one; shares are of the longest. */
export function barsOf(counts: Record<string, number>, most: number): Bar[] {
  const sorted = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB));
  const named = sorted.length > most ? sorted.slice(0, most - 1) : sorted;
  const rest = sorted.slice(named.length).reduce((sum, [, count]) => sum + count, 0);
  const longest = Math.max(rest, ...named.map(([, count]) => count));
  const bars: Bar[] = named.map(([name, count]) => ({ kind: "one", name, count, share: count / longest }));
  return rest > 0 ? [...bars, { kind: "rest", count: rest, share: rest / longest }] : bars;
}
