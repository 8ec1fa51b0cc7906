/** Takes samples in any order; gives the middle one and the greatest, NaN where there are none. */
export function spreadOf(samples: readonly number[]): { median: number; most: number } {
  const sorted = samples.toSorted((one, other) => one - other);
  return { median: sorted[sorted.length >> 1] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}
