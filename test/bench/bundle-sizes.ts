import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { buildExtension } from "../stack/extension.ts";

/** What a browser loads for one content script or page of the extension, in bytes. */
export interface BundleSize {
  name: string;
  bytes: number;
  gzipBytes: number;
}

/** Builds the extension for Chrome and weighs each content script and, with all that it loads, each page. */
export function bundleSizes(): BundleSize[] {
  const folder = buildExtension("chrome");
  const scripts = readdirSync(path.join(folder, "content-scripts")).map((name) =>
    weigh(name, folder, [`content-scripts/${name}`]),
  );
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith(".html"))
    .map((name) => weigh(name, folder, [name, ...loadedBy(folder, name)]));
  return [...scripts, ...pages, weigh("background.js", folder, ["background.js"])];
}

/** Follows what a page links and its scripts import. */
function loadedBy(folder: string, file: string, seen = new Set<string>()): string[] {
  const text = readFileSync(path.join(folder, file), "utf8");
  for (const [, target = ""] of text.matchAll(/["']([^"'\s]+\.(?:js|css))["']/g)) {
    const name = target.startsWith("/") ? target.slice(1) : path.join(path.dirname(file), target);
    if (seen.has(name) || !isFile(folder, name)) continue;
    seen.add(name);
    loadedBy(folder, name, seen);
  }
  return [...seen];
}

function isFile(folder: string, name: string): boolean {
  return readdirSync(path.join(folder, path.dirname(name)), { withFileTypes: true }).some(
    (entry) => entry.isFile() && entry.name === path.basename(name),
  );
}

function weigh(name: string, folder: string, files: readonly string[]): BundleSize {
  const contents = files.map((file) => readFileSync(path.join(folder, file)));
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    name,
    bytes: sum(contents.map(({ length }) => length)),
    gzipBytes: sum(contents.map((content) => gzipSync(content, { level: 9 }).length)),
  };
}
