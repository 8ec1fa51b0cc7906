/** Which Worker this browser is paired with, and the token that opens it. */
export interface Pairing {
  token: string;
  workerOrigin: string;
  workspace: string;
}

const storeName = "secrets";
const key = "pairing";

/**
 * Keeps the pairing in the extension's own IndexedDB. A content script's IndexedDB is that of the page it is in, so
 * none can reach this one; `storage.local` it can read, unless the browser knows how to close it, and not every one
 * does.
 */
export const pairing = {
  async get(): Promise<Pairing | null> {
    const kept: unknown = await within("readonly", (store) => store.get(key));
    return isPairing(kept) ? kept : null;
  },
  async set(value: Pairing | null): Promise<void> {
    await within("readwrite", (store) => (value === null ? store.delete(key) : store.put(value, key)));
  },
};

async function within(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await opened();
  try {
    const transaction = database.transaction(storeName, mode);
    const request = act(transaction.objectStore(storeName));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open("dots-connect", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function isPairing(kept: unknown): kept is Pairing {
  return typeof kept === "object" && kept !== null && "token" in kept && "workerOrigin" in kept;
}
