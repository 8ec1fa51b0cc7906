import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { builtExtension } from "../stack/extension.ts";

describe.each(["chrome", "firefox"] as const)(
  "what is put into other people's pages, built for %s",
  (browser) => {
    const scripts = path.join(builtExtension(browser), "content-scripts");

    test.each(["dots.js", "jumpcloud.js"])(
      "%s has at most 15 KiB gzipped, and neither zod nor Preact in it",
      (file) => {
        const code = readFileSync(path.join(scripts, file));
        expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(15 * 1024);
        // What stays of them when names are shortened: their errors, options and the marks they leave on elements.
        expect(code.toString()).not.toMatch(
          /ZodError|invalid_union|unrecognized_keys|__H\b|dangerouslySetInnerHTML/,
        );
      },
    );

    test("the marks that tell zod and Preact are there where those are", () => {
      const background = readFileSync(path.join(scripts, "../background.js"), "utf8");
      expect(background).toMatch(/unrecognized_keys/);
    });
  },
);
