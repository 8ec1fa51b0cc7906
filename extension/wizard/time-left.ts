export interface Sample {
  at: number;
  done: number;
}

/** How far back the pace is taken from, and the least there must be of it to say anything. */
const window = 15_000;
const least = 1_500;

/** Adds a sample and drops those too old to tell the present pace. */
export function withSample(samples: Sample[], sample: Sample): Sample[] {
  return [...samples.filter((each) => sample.at - each.at <= window && each.done <= sample.done), sample];
}

/** Seconds until `total` at the present pace; nothing while there is no pace to go by. */
export function secondsLeft(samples: Sample[], total: number): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || total <= 0) return undefined;
  if (last.done >= total) return 0;
  const elapsed = last.at - first.at;
  const done = last.done - first.done;
  if (elapsed < least || done <= 0) return undefined;
  return ((total - last.done) * elapsed) / done / 1000;
}

/** A number of seconds as people say it: in fives up to a minute, then in whole minutes, never too few. */
export function roughly(seconds: number): { unit: "seconds" | "minutes"; amount: number } {
  const fives = Math.max(5, Math.ceil(seconds / 5) * 5);
  return fives < 60
    ? { unit: "seconds", amount: fives }
    : { unit: "minutes", amount: Math.ceil(seconds / 60) };
}
