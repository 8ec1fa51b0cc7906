import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pairPage } from "../../../worker/api/pair-page.ts";

test.each([
  ["he-IL,he;q=0.9,en;q=0.8", "he", "rtl"],
  ["iw", "he", "rtl"],
  ["en-US,he;q=0.5", "en", "ltr"],
  ["hen", "en", "ltr"],
  [undefined, "en", "ltr"],
])(
  "to who reads %s the page speaks %s, in the words that the extension shows",
  async (accepted, language, direction) => {
    const { html } = await pairPage(accepted);
    expect(html).toContain(`<html lang="${language}" dir="${direction}">`);
    const locale = `extension/public/_locales/${language}/messages.json`;
    const words = JSON.parse(readFileSync(locale, "utf8")) as Record<string, { message: string }>;
    for (const word of ["pairTitle", "optionsTitle", "pairingLink", "pair", "extensionName"])
      expect(html.toLowerCase(), word).toContain(words[word]?.message.toLowerCase());
  },
);
