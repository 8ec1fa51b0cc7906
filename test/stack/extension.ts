import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Language, speaking } from "./languages.ts";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** The Dots console's address in demo and tests: a name that is nobody's (RFC 2606). */
export const dotsOrigin = "https://app.dots.example";

type Target = "chrome" | "firefox";

/**
 * Builds the extension as it is shipped, for a Dots address, beside what `npm run build` makes.
 * Gives the folder to load. Throws with the build's own words where it fails.
 */
export function buildExtension(target: Target, dots = dotsOrigin, folder = "demo-build"): string {
  const out = path.join(root, ".output", folder);
  const { status, stdout, stderr } = spawnSync("wxt", ["build", "--browser", target], {
    cwd: root,
    env: { ...process.env, DOTS_ORIGIN: dots, EXTENSION_OUT: out },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`wxt build failed:\n${stdout}\n${stderr}`);
  return path.join(out, outputOf[target]);
}

const outputOf: Record<Target, string> = { chrome: "chrome-mv3", firefox: "firefox-mv2" };
/** Of the tests alone: nothing else writes there while a browser loads from it. */
const testBuild = "test-build";

/** Builds what `builtExtension` gives. */
export function buildForTests(): void {
  for (const target of ["chrome", "firefox"] as const) buildExtension(target, dotsOrigin, testBuild);
  speaking("he", builtExtension("chrome"));
}

/** The extension as it was built once for all browser tests, which run side by side; in Chrome's, in any language. */
export function builtExtension(target: Target, language: Language = "en"): string {
  const built = path.join(root, ".output", testBuild, outputOf[target]);
  return language === "en" ? built : `${built}-${language}`;
}
