import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

export interface RunningScript {
  /** The address in its `ready` line. */
  url: string;
  output(): string;
  /** Sends a signal to the process started, as a service manager would; waits until nothing answers at the address any more. */
  stop(signal: NodeJS.Signals): Promise<void>;
  /** SIGKILL to it and all it started, at one blow: none of them can tidy up. */
  kill(): Promise<void>;
}

/** Runs one of package.json's scripts as a user would and waits for its `ready` line. */
export async function runScript(script: string, env: Record<string, string>): Promise<RunningScript> {
  return await run(["npm", "run", script], env);
}

/** Runs what `npm run worker` runs, without npm: it starts sooner where a test starts it often. */
export async function runWorker(env: Record<string, string>): Promise<RunningScript> {
  return await run([process.execPath, "worker/cli/serve.ts"], env);
}

async function run([command = "", ...args]: string[], env: Record<string, string>): Promise<RunningScript> {
  const name = [command, ...args].join(" ");
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, detached: true });
  let output = "";
  child.stdout?.on("data", (data: Buffer) => {
    output += data.toString();
  });
  child.stderr?.on("data", (data: Buffer) => {
    output += data.toString();
  });
  const exited = exitOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const [, ready] = /^ready (http:\/\/\S+)$/m.exec(output) ?? [];
      if (ready) resolve(ready);
    });
    exited.then((code) => reject(new Error(`${name} ended with ${code}:\n${output}`)));
  });
  const over = async (what: string) => {
    await exited;
    for (const until = Date.now() + 10_000; await answers(url); await wait(20)) {
      if (Date.now() > until) throw new Error(`${name} still answers 10 s after ${what}.`);
    }
  };
  return {
    url,
    output: () => output,
    async stop(signal) {
      child.kill(signal);
      await over(signal);
    },
    async kill() {
      if (child.pid === undefined) throw new Error(`${name} has no process.`);
      process.kill(-child.pid, "SIGKILL");
      await over("SIGKILL");
    },
  };
}
async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    () => false,
  );
}

function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
}
