import { randomBytes } from "node:crypto";
import type { ConsoleResponse } from "./consoles.ts";

interface Page {
  folder: "jumpcloud" | "dots";
  entry: string;
  title: string;
  lang: string;
  dir: "ltr" | "rtl";
  /** What the page's script reads to know which state it stands for. */
  options: Record<string, unknown>;
}

/** The HTML of a single-page console, under a policy as strict as a careful SaaS would send. */
export function document({ folder, entry, title, lang, dir, options }: Page): ConsoleResponse {
  const nonce = randomBytes(16).toString("base64");
  const data = JSON.stringify(options).replaceAll("<", "\\u003c");
  const body = `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/static/${folder}/logo.svg">
<link rel="stylesheet" href="/static/page/base.css">
<link rel="stylesheet" href="/static/${folder}/console.css">
<script type="application/json" id="console-options">${data}</script>
<script nonce="${nonce}">window.__pageSeen = [];</script>
<script nonce="${nonce}" type="module" src="/static/page/spy.js"></script>
<script nonce="${nonce}" type="module" src="/static/${folder}/${entry}"></script>
</head>
<body><div id="root"></div></body>
</html>
`;
  return { status: 200, contentType: "text/html; charset=utf-8", headers: headersOf(nonce), body };
}

function headersOf(nonce: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin",
    "cache-control": "no-store",
  };
}
