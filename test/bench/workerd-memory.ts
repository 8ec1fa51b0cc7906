import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** The memory of the workerd that a process has started, as Linux counts it; elsewhere nothing is known. */
export class WorkerdMemory {
  readonly #pid: string | undefined;

  private constructor(pid: string | undefined) {
    this.#pid = pid;
  }

  static ofThisProcess(): WorkerdMemory {
    return new WorkerdMemory(process.platform === "linux" ? childNamed("workerd", process.pid) : undefined);
  }

  /** Forgets the peak so far (proc(5): 5 into clear_refs). */
  startAnew(): void {
    if (this.#pid !== undefined) writeFileSync(`/proc/${this.#pid}/clear_refs`, "5");
  }

  /** The largest resident set since then, in MiB. */
  peakMiB(): number | undefined {
    if (this.#pid === undefined) return undefined;
    const [, kB] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#pid}/status`, "utf8")) ?? [];
    return kB === undefined ? undefined : Number(kB) / 1024;
  }
}

function childNamed(name: string, parent: number): string | undefined {
  return readdirSync("/proc").find((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      // pid (name) state parent …; a name can hold spaces, so what follows its last bracket is split.
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [, of] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return stat.includes(`(${name})`) && of === String(parent);
    } catch {
      return false;
    }
  });
}
