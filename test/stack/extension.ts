import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** The Dots console's address in demo and tests: a name that is nobody's (RFC 2606). */
export const dotsOrigin = "https://app.dots.example";

/**
 * Builds the extension as it is shipped, for a Dots address, beside what `npm run build` makes.
 * Gives the folder to load. Throws with the build's own words where it fails.
 */
export function buildExtension(browser: "chrome" | "firefox", dots = dotsOrigin): string {
  const out = path.join(root, ".output", "demo-build");
  const { status, stdout, stderr } = spawnSync("wxt", ["build", "--browser", browser], {
    cwd: root,
    env: { ...process.env, DOTS_ORIGIN: dots, EXTENSION_OUT: out },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`wxt build failed:\n${stdout}\n${stderr}`);
  return path.join(out, browser === "chrome" ? "chrome-mv3" : "firefox-mv2");
}
