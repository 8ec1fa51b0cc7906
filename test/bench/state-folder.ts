import { statfs } from "node:fs/promises";

/** Linux keeps what is written there in memory. */
const sharedMemory = "/dev/shm";
/** The largest fleet's databases take a fifth of it. */
const leastFreeBytes = 2 ** 30;

/** Gives a folder that lies in memory, where there is one with enough room. */
export async function memoryFolder(): Promise<string | undefined> {
  const shared = await statfs(sharedMemory).catch(() => undefined);
  return shared !== undefined && shared.bavail * shared.bsize >= leastFreeBytes ? sharedMemory : undefined;
}
