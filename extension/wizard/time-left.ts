/** A number of seconds as people say it: in fives up to a minute, then in whole minutes, never too few. */
export function roughly(seconds: number): { unit: "seconds" | "minutes"; amount: number } {
  const fives = Math.max(5, Math.ceil(seconds / 5) * 5);
  return fives < 60
    ? { unit: "seconds", amount: fives }
    : { unit: "minutes", amount: Math.ceil(seconds / 60) };
}
