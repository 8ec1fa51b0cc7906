import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const cli = path.join(
  path.dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
  "bin/wrangler.js",
);

export interface Outcome {
  ok: boolean;
  output: string;
}

/** Runs wrangler and hands its output on to the terminal as it comes. Throws where it fails. */
export async function runWrangler(args: readonly string[]): Promise<void> {
  const { ok } = await start(args, "inherit");
  if (!ok) throw new DeployError(`wrangler ${args.slice(0, 3).join(" ")} failed; what it says is above.`);
}

/** Runs wrangler quietly; gives what it printed, and whether it went well. */
export async function askWrangler(args: readonly string[]): Promise<Outcome> {
  return await start(args, "pipe");
}

/** Takes what wrangler printed; gives the JSON in it. Throws, with what it printed, where there is none. */
export function jsonIn({ ok, output }: Outcome): unknown {
  try {
    if (ok) return JSON.parse(output.slice(output.search(/[[{]/)));
  } catch {}
  throw new DeployError(`wrangler said something unexpected:\n${output.trim()}`);
}

/** Something the operator can mend: printed as a sentence, without a stack. */
export class DeployError extends Error {
  override name = "DeployError";
}

function start(args: readonly string[], output: "inherit" | "pipe"): Promise<Outcome> {
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ["ignore", output, output],
    // No questions and no reports: whoever deploys was asked already.
    env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", FORCE_COLOR: "0" },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data: Buffer) => {
      printed += data.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ok: code === 0, output: printed }));
  });
}
