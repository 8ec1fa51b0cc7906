import { hasEnded, type Sync } from "../../shared/syncs.ts";

const lookEveryMs = 500;
const pingEveryMs = 15_000;
/** How soon a client should come back whose connection broke, in milliseconds. */
const comeBackAfterMs = 1_000;

/** Looks at a sync; an answer that is no older than so many milliseconds will do. */
export type Look = (noOlderThanMs: number) => Promise<Sync | undefined>;

/** However many listen to one sync, the database is asked as often as for one. */
export function sharedLook(look: () => Promise<Sync | undefined>): Look {
  let lookedAt = 0;
  let answer: Promise<Sync | undefined> | undefined;
  return (noOlderThanMs) => {
    const now = Date.now();
    if (answer === undefined || now - lookedAt >= noOlderThanMs) {
      lookedAt = now;
      answer = look();
    }
    return answer;
  };
}

/**
 * A sync's server-sent events (WHATWG HTML, section 9.2): how it stands now, each change, and last how it ended.
 * A comment keeps the connection alive where nothing changes. Nothing of it is kept: a reader who lost the stream
 * asks again and is told how things stand. `look` gives nothing where the sync is gone.
 */
export function watchSync(look: Look): ReadableStream<Uint8Array> {
  const events = eventsOf(look);
  return new ReadableStream<Uint8Array>({
    // Asked only when the reader has taken what came before: a slow one makes nothing pile up.
    async pull(controller) {
      const { value, done } = await events.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() {
      await events.return();
    },
  });
}

async function* eventsOf(look: Look): AsyncGenerator<string, void, undefined> {
  yield `retry: ${comeBackAfterMs}\n\n`;
  let told = "";
  let toldAt = Date.now();
  // A newcomer is told how things stand this moment.
  for (let noOlderThanMs = 0; ; noOlderThanMs = lookEveryMs / 2) {
    const sync = await look(noOlderThanMs);
    if (sync === undefined) return;
    const data = JSON.stringify(sync);
    if (data !== told) {
      yield `event: sync\ndata: ${data}\n\n`;
      told = data;
      toldAt = Date.now();
      if (hasEnded(sync.status)) return;
    } else if (Date.now() - toldAt >= pingEveryMs) {
      yield ": ping\n\n";
      toldAt = Date.now();
    }
    await scheduler.wait(lookEveryMs);
  }
}
