import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Linux keeps what is written there in memory. */
const sharedMemory = "/dev/shm";
/** The largest fleet's databases take a fifth of it, and so does all that tests keep at a time. */
const leastFreeBytes = 2 ** 30;

/**
 * Databases, browser profiles and all else that is temporary lies in a folder of its own from now on, in this process
 * and those it starts, and goes with it. `parent`: where; else in memory, if there is room. Gives whether it is there.
 */
export function useTemporaryFolder(parent?: string): { isInMemory: boolean } {
  const memory = parent === undefined && hasRoom(sharedMemory) ? sharedMemory : undefined;
  const within = path.resolve(parent ?? memory ?? tmpdir());
  mkdirSync(within, { recursive: true });
  const folder = mkdtempSync(path.join(within, "dots-connect-"));
  process.env.TMPDIR = folder;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return { isInMemory: memory !== undefined };
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= leastFreeBytes;
  } catch {
    return false;
  }
}
