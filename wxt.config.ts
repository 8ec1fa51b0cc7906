import { defineConfig } from "wxt";
import { matchPattern } from "./extension/match-pattern.ts";

/** The Dots consoles this build is made for: `DOTS_ORIGIN=https://app.dots.example,https://…`. May be none. */
const dotsOrigins = (process.env.DOTS_ORIGIN ?? "")
  .split(",")
  .map((text) => text.trim())
  .filter((text) => text !== "")
  .map((text) => new URL(text).origin);

/** As strict as both browsers take it; http only to a Worker on this machine, no frame but in Dots. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src https: http://127.0.0.1:* http://localhost:*",
  "object-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  // The wizard is framed by the Dots addresses of the build; for one that was added it opens a window of its own.
  `frame-ancestors ${dotsOrigins.join(" ") || "'none'"}`,
].join("; ");

/** The public half of a key pair; it makes the extension's id the same on every machine. */
const chromeKey =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsRcC7WoIDo8EyqWzFr7h0rf1QkrDGfER0ylBQ05cHwWGHYU81pjtXORUnDuNTrLZDyHqcjey7Wcd6sNKaWvFVsZrZRARkpp32VVxLCH4NIeeT5ZD5V8vDEAybud8N2Pc54BLYEKCh6fDTBBsmDXSgvn+cxaFULyTu4K0Z9Qk8GqUX11PzfUCr8JT+iZ3xubezlsczKJXDRGdBoqSBKZ7Faz3FbhDWHvhtrgUrvTDwGUDp8nTB5L5Xjks6wjyKSmHmVOpaAsfuNywdBbfruDWqT0NhoWLBcHYBPnuuM6EHI80O447emK3qJMotbY5UIhVi1tE9B243PbrkVd9PII0qQIDAQAB";

/** What may be asked for when an admin adds the address of their own Dots. */
const addressesToAsk = ["https://*/*", "http://localhost/*", "http://127.0.0.1/*"];

export default defineConfig({
  srcDir: "extension",
  // Demo and tests build for an address of their own, beside what is shipped.
  outDir: process.env.EXTENSION_OUT || ".output",
  publicDir: "extension/public",
  imports: false,
  vite: () => ({
    define: { __DOTS_ORIGINS__: JSON.stringify(dotsOrigins) },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: { modulePreload: { polyfill: false } },
  }),
  manifest: ({ browser, manifestVersion, command }) => ({
    name: "__MSG_extensionName__",
    short_name: "__MSG_extensionShortName__",
    description: "__MSG_extensionDescription__",
    default_locale: "en",
    permissions: ["storage", "scripting", "alarms", "notifications"],
    ...(command === "build" && {
      content_security_policy:
        manifestVersion === 3 ? { extension_pages: contentSecurityPolicy } : contentSecurityPolicy,
    }),
    ...(manifestVersion === 3
      ? { optional_host_permissions: addressesToAsk }
      : { optional_permissions: addressesToAsk }),
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: {
              id: "connect@dots.example",
              strict_min_version: "140.0",
              data_collection_permissions: { required: ["authenticationInfo"] },
            },
          },
        }
      : { key: chromeKey, minimum_chrome_version: "126" }),
  }),
  hooks: {
    "build:manifestGenerated": (_wxt, manifest) => {
      // The Dots script is registered here or, for an added address, at run time: no permission follows from it.
      delete manifest.host_permissions;
      if (dotsOrigins.length === 0) return;
      const matches = dotsOrigins.map(matchPattern);
      manifest.content_scripts = [
        ...(manifest.content_scripts ?? []),
        { matches, js: ["content-scripts/dots.js"], run_at: "document_start" },
      ];
      manifest.web_accessible_resources =
        manifest.manifest_version === 3 ? [{ resources: ["connect.html"], matches }] : ["connect.html"];
    },
  },
});
