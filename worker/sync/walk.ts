import type { JumpCloud } from "../jumpcloud/client.ts";
import { listSystems, type SystemsPage, systemsPerPage } from "../jumpcloud/systems.ts";

/** So many pages are asked for ahead; the client lets six of them be under way at a time. */
const pagesAhead = 20;

export interface WalkOptions {
  /** The offset to begin at, a multiple of the page size. */
  from: number;
  /** How many devices there were last time, so that the first requests need not wait for the first answer. */
  expectedTotal: number;
  /** Asked before every request: once true, the walk ends when what is under way has come. */
  shouldStop: () => boolean;
}

/**
 * Walks the list of systems in order; gives its pages, one after the other, while the next ones are fetched.
 * A short page is not the end: the walk goes on up to the newest `totalCount` (CONTRACT, sync rule 7).
 */
export async function* walkSystems(jumpcloud: JumpCloud, options: WalkOptions): AsyncGenerator<SystemsPage> {
  const ahead: Promise<SystemsPage>[] = [];
  let next = options.from;
  let total = Math.max(options.expectedTotal, options.from + 1);
  const fill = () => {
    while (ahead.length < pagesAhead && next < total && !options.shouldStop()) {
      const page = listSystems(jumpcloud, next);
      // Awaited in order: one that fails while an earlier one is awaited must not count as unhandled.
      page.catch(() => {});
      ahead.push(page);
      next += systemsPerPage;
    }
  };
  for (fill(); ; fill()) {
    const page = await ahead.shift();
    if (page === undefined) return;
    total = page.totalCount;
    yield page;
  }
}
