import { say, sayCount } from "./words.ts";

/** Says when a key ends, in days from now. */
export function keyEndingSentence(days: number): string {
  if (days < 0) return say("keyEnded");
  return days === 0 ? say("keyEndsToday") : sayCount("keyEndsIn", days);
}
