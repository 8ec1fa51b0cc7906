import { buildSync } from "esbuild";

/**
 * Takes what to export, with paths below `extension/`; gives code that makes `ours` of it. For asking the page
 * directly what a content script would find or show there.
 */
export function bundled(contents: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: new URL("../../extension", import.meta.url).pathname },
    bundle: true,
    format: "iife",
    globalName: "ours",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
