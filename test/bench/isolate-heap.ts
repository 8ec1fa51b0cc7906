import { setTimeout as wait } from "node:timers/promises";
import { hasEnded } from "../../shared/syncs.ts";
import { connect } from "../stack/connect.ts";
import { startStack } from "../stack/stack.ts";
import { checkPlausible } from "./fleet-bench.ts";

/** What the Worker's own isolate keeps during a first download, garbage left out. */
export interface HeapFigures {
  devices: number;
  /** Before the sync, in MiB; the Worker's code is a part of it. */
  beforeMiB: number;
  /** The most of it, in MiB, of samples taken all along the sync. */
  mostMiB: number;
  samples: number;
}

const sampleEveryMs = 100;

/**
 * Downloads a fleet with a Worker of its own and, as it goes, collects the garbage of its isolate and asks what is left:
 * V8's heap and the memory of array buffers, all that Cloudflare's limit counts of what is ours.
 */
export async function measureHeap(devices: number): Promise<HeapFigures> {
  const stack = await startStack({ devices, inspector: true });
  try {
    const inspector = await Inspector.connect(stack.worker.inspectorUrl ?? "");
    const api = await stack.pair();
    const id = await connect(api);
    const beforeMiB = await inspector.keptMiB();
    const sync = await api.call("startSync", { id });
    let [mostMiB, samples] = [beforeMiB, 0];
    for (; ; await wait(sampleEveryMs)) {
      mostMiB = Math.max(mostMiB, await inspector.keptMiB());
      samples += 1;
      const now = await api.call("getSync", { id: sync.id });
      if (!hasEnded(now.status)) continue;
      checkPlausible(now, "first download", devices);
      return { devices, beforeMiB, mostMiB, samples };
    }
  } finally {
    await stack.close();
  }
}

/** V8's inspector, as much of it as tells of memory (Chrome DevTools Protocol). */
class Inspector {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (answer: Record<string, number>) => void>();
  #asked = 0;
  #contextId: number | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const { id, method, params, result } = JSON.parse(String(data));
      if (method === "Runtime.executionContextCreated") this.#contextId = params.context.id;
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    });
  }

  static async connect(url: string): Promise<Inspector> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", () => reject(new Error(`No inspector answers at ${url}.`)));
    });
    const inspector = new Inspector(socket);
    // Says which context there is before it answers.
    await inspector.#ask("Runtime.enable");
    return inspector;
  }

  async keptMiB(): Promise<number> {
    await this.#ask("Runtime.evaluate", { expression: "gc()", contextId: this.#contextId });
    const { usedSize = Number.NaN, backingStorageSize = 0 } = await this.#ask("Runtime.getHeapUsage");
    return (usedSize + backingStorageSize) / 2 ** 20;
  }

  async #ask(method: string, params: object = {}): Promise<Record<string, number>> {
    this.#asked += 1;
    const id = this.#asked;
    return await new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
