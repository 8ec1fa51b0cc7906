import { browser } from "wxt/browser";

/**
 * A phrase in the browser's language; the English given here where the locale file has none yet. `{0}`, `{1}` …
 * stand for `parts`, as `$1`, `$2` … do in the locale file.
 */
export function phrase(key: string, english: string, parts: readonly string[] = []): string {
  const translated = message(key, [...parts]);
  if (translated) return translated;
  return english.replace(/\{(\d)\}/g, (whole, index: string) => parts[Number(index)] ?? whole);
}

/** The language our texts are in, and the way it runs. The page's own may differ. */
export function language(): { lang: string; dir: "ltr" | "rtl" } {
  const dir = message("@@bidi_dir") === "rtl" ? "rtl" : "ltr";
  return { lang: browser.i18n.getUILanguage(), dir };
}

/** WXT types the keys of the locale file; ours may still be missing from it. */
function message(key: string, parts: string[] = []): string {
  const i18n = browser.i18n as unknown as { getMessage(key: string, parts: string[]): string };
  return i18n.getMessage(key, parts);
}
