import { readFileSync } from "node:fs";

/** The browser's `i18n` as far as our words need it, with the words as they are shipped. */
export function spokenWords(language: "en" | "he") {
  const file = new URL(`../../extension/public/_locales/${language}/messages.json`, import.meta.url);
  const words = JSON.parse(readFileSync(file, "utf8")) as Record<string, { message: string }>;
  return {
    getMessage: (key: string, values: string[] = []) =>
      (words[key]?.message ?? "").replace(/\$(\d)/g, (_whole, index) => values[Number(index) - 1] ?? ""),
  };
}
