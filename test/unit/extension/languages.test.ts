import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const extension = path.join(import.meta.dirname, "../../../extension");
const languages = ["en", "he"] as const;
const messages = Object.fromEntries(languages.map((language) => [language, readMessages(language)]));
const sources = readdirSync(extension, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(extension, file), "utf8") }));
const english = messages.en ?? {};

const forms = /_(?:one|two|few|many|other)$/;
const countedStems = Object.keys(english)
  .filter((key) => key.endsWith("_other"))
  .map((key) => key.replace(forms, ""));
const isCounted = (key: string) => forms.test(key) && countedStems.includes(key.replace(forms, ""));

function readMessages(language: string): Record<string, string> {
  const file = path.join(extension, "public/_locales", language, "messages.json");
  const parsed = JSON.parse(readFileSync(file, "utf8")) as Record<string, { message: string }>;
  return Object.fromEntries(Object.entries(parsed).map(([key, { message }]) => [key, message]));
}

function placeholdersOf(message: string): string[] {
  return [...new Set(message.match(/\$\d/g))].toSorted();
}

describe.each(languages)("the words in %s", (language) => {
  const words = messages[language] ?? {};

  it("are there for every key that English has, and for no other", () => {
    const plain = (all: Record<string, string>) => Object.keys(all).filter((key) => !isCounted(key));
    expect(plain(words).toSorted()).toEqual(plain(english).toSorted());
  });

  it("have a form for each plural category of the language, and no other", () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const stem of countedStems) {
      const found = Object.keys(words).filter((key) => isCounted(key) && key.replace(forms, "") === stem);
      expect(found.map((key) => key.slice(stem.length + 1)).toSorted(), stem).toEqual(categories);
    }
  });

  it("have the placeholders that English has; a form for one or two may leave its number out", () => {
    for (const [key, message] of Object.entries(words)) {
      const model = english[key] ?? english[key.replace(forms, "_other")] ?? "";
      const [found, wanted] = [placeholdersOf(message), placeholdersOf(model)];
      if (isCounted(key) && !key.endsWith("_other"))
        expect(
          found.filter((each) => !wanted.includes(each)),
          key,
        ).toEqual([]);
      else expect(found, key).toEqual(wanted);
    }
  });

  it("are never empty, and as many lines as in English", () => {
    for (const [key, message] of Object.entries(words)) {
      expect(message.trim(), key).not.toBe("");
      const model = english[key];
      if (model !== undefined) expect(message.split("\n").length, key).toBe(model.split("\n").length);
    }
  });
});

it("Hebrew says it in Hebrew: no sentence was left in English", () => {
  const sameInBoth = Object.entries(messages.he ?? {})
    .filter(([key, message]) => message === english[key] && /[a-z]{2,} [a-z]{2,}/i.test(message))
    .map(([key]) => key);
  expect(sameInBoth).toEqual(["extensionName", "extensionShortName"]);
});

it("no word is unused", () => {
  const code = sources.map(({ text }) => text).join("\n");
  const manifest = readFileSync(path.join(extension, "../wxt.config.ts"), "utf8");
  const beginnings = [...code.matchAll(/`([a-zA-Z]\w*_)\$\{/g)].map(([, beginning]) => beginning ?? "");
  const unused = Object.keys(english).filter((key) => {
    const names = isCounted(key) ? [key.replace(forms, "")] : [key];
    return !names.some(
      (name) =>
        code.includes(`"${name}"`) ||
        manifest.includes(`__MSG_${name}__`) ||
        beginnings.some((beginning) => name.startsWith(beginning)),
    );
  });
  expect(unused).toEqual([]);
});

it("no word is written into a page's code", () => {
  const written = sources
    .filter(({ file }) => file.endsWith(".tsx"))
    .flatMap(({ file, text }) => {
      const between = [...text.matchAll(/>\s*([A-Za-z][^<>{}=;()]*?)\s*<\//g)];
      const named = [...text.matchAll(/\s(?:aria-label|alt|title|placeholder)="([^"]*[a-z]{2}[^"]*)"/gi)];
      return [...between, ...named].map(([, words]) => `${file}: ${words}`);
    })
    // Examples of addresses, the same in every language.
    .filter((found) => !/: https:\/\//.test(found));
  expect(written).toEqual([]);
});
