import type { Actor } from "../access/actor.ts";
import type { Register } from "../register/register.ts";

/** A file of many pages is sent within seconds: asking for each would cost as many reads as the pages. */
const msBetweenLooks = 1_000;

/**
 * Cuts an answer that is still being sent once its reader's token is revoked: what was opened before is no way around
 * that. Each event is looked at, so that none is told after; a file breaks off, so that nobody takes it for whole.
 */
export function untilRevoked(answer: Response, { by }: Actor, register: Register): Response {
  const { id, kind } = by;
  if (answer.body === null || kind !== "token" || id === undefined) return answer;
  const isFile = !answer.headers.get("content-type")?.startsWith("text/event-stream");
  let lookedAt = Date.now();
  const whileGood = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      if (!isFile || Date.now() - lookedAt >= msBetweenLooks) {
        const isGood = await register.tokens.has(id);
        lookedAt = Date.now();
        if (!isGood && isFile) return controller.error(new Error("The token was revoked."));
        if (!isGood) return controller.terminate();
      }
      controller.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(whileGood), answer);
}
