import { setTimeout as wait } from "node:timers/promises";
import { hasEnded } from "../../shared/syncs.ts";
import { connect } from "../stack/connect.ts";
import { startStack } from "../stack/stack.ts";
import { checkPlausible } from "./fleet-bench.ts";
import { spreadOf } from "./spread.ts";
import { WorkerdMemory } from "./workerd-memory.ts";

/** What a first download keeps in memory, garbage left out. */
export interface HeapFigures {
  devices: number;
  /** The Worker's own isolate before the sync, in MiB; the Worker's code is a part of it. */
  beforeMiB: number;
  /** The same isolate in samples taken all along the sync, in MiB: the middle one of them, and the greatest. */
  medianMiB: number;
  mostMiB: number;
  samples: number;
  /** The most resident memory of workerd meanwhile, all its isolates' and its own; where `/proc` tells it. */
  workerdMiB: number | undefined;
}

const sampleEveryMs = 20;
/** So that a small fleet takes long enough to be looked at. */
const latencyMs = 50;

/**
 * Downloads a fleet with a Worker of its own and, as it goes, collects the garbage of all isolates and asks what is
 * left in the Worker's: V8's heap and the memory of array buffers, all that Cloudflare's limit counts of what is ours.
 */
export async function measureHeap(devices: number): Promise<HeapFigures> {
  const stack = await startStack({ devices, inspector: true });
  try {
    const memory = WorkerdMemory.ofThisProcess();
    const { host, pathname } = new URL(stack.worker.inspectorUrl ?? "");
    const listed = (await (await fetch(`http://${host}/json`)).json()) as { id: string }[];
    const others = listed.filter(({ id }) => `/${id}` !== pathname);
    const worker = await Inspector.connect(`ws://${host}${pathname}`);
    const rest = await Promise.all(others.map(({ id }) => Inspector.connect(`ws://${host}/${id}`)));
    const collect = async () => {
      for (const isolate of rest) await isolate.keptMiB();
      return await worker.keptMiB();
    };
    const api = await stack.pair();
    const id = await connect(api);
    stack.simulator.faults.latencyMs = latencyMs;
    const beforeMiB = await collect();
    memory.startAnew();
    const sync = await api.call("startSync", { id });
    const samples: number[] = [];
    for (; ; await wait(sampleEveryMs)) {
      samples.push(await collect());
      const now = await api.call("getSync", { id: sync.id });
      if (!hasEnded(now.status)) continue;
      checkPlausible(now, "first download", devices);
      const { median, most } = spreadOf(samples);
      return {
        devices,
        beforeMiB,
        medianMiB: median,
        mostMiB: most,
        samples: samples.length,
        workerdMiB: memory.peakMiB(),
      };
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
