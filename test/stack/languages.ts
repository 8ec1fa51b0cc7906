import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export type Language = "en" | "he";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** What keeps a foreign word's direction to itself, as the extension writes it in Hebrew. */
const isolation: Record<Language, (text: string) => string> = {
  en: (text) => text,
  he: (text) => `\u2068${text}\u2069`,
};

/** Says a key in a language, as the extension does; the values stand for `$1` … `$9`. */
export function wordsIn(language: Language): (key: string, ...values: string[]) => string {
  const file = path.join(root, "extension/public/_locales", language, "messages.json");
  const messages = JSON.parse(readFileSync(file, "utf8")) as Record<string, { message: string }>;
  const isolated = isolation[language];
  return (key, ...values) => {
    const message = messages[key]?.message;
    if (message === undefined) throw new Error(`There is no "${key}" in ${language}.`);
    return message.replaceAll(/\$(\d)/g, (_, digit: string) => isolated(values[Number(digit) - 1] ?? ""));
  };
}

/**
 * Takes a built extension; puts one beside it that speaks the language in any browser, also in one that has English
 * alone: the other is made the default, and English is taken out.
 */
export function speaking(language: Exclude<Language, "en">, extension: string): void {
  const copy = `${extension}-${language}`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(extension, copy, { recursive: true });
  rmSync(path.join(copy, "_locales/en"), { recursive: true });
  const manifest = path.join(copy, "manifest.json");
  const parsed = JSON.parse(readFileSync(manifest, "utf8")) as object;
  writeFileSync(manifest, JSON.stringify({ ...parsed, default_locale: language }));
}
