import { existsSync, readFileSync } from "node:fs";
import type { ConsoleResponse } from "./consoles.ts";

const contentTypes: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** A console's own script, style or picture: `/static/<folder>/<name>` is the file of that name here. */
export function staticFile(pathname: string): ConsoleResponse {
  const [, path, extension] =
    /^\/static\/((?:page|jumpcloud|dots)\/[a-z0-9-]+\.(js|css|svg))$/.exec(pathname) ?? [];
  const file = new URL(path ?? "missing", import.meta.url);
  const contentType = contentTypes[extension ?? ""];
  if (contentType === undefined || !existsSync(file)) {
    return { status: 404, contentType: "text/plain", headers: {}, body: "Not found" };
  }
  return {
    status: 200,
    contentType,
    headers: { "cache-control": "no-cache" },
    body: readFileSync(file, "utf8"),
  };
}
