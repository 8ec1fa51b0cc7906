import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import type { Language } from "./languages.ts";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const narrow = { width: 320, colorScheme: "light" } as const;
const wide = { width: 1280, colorScheme: "dark" } as const;
/**
 * Contrast depends on the scheme, what fits on the width: two looks find what four would. In Hebrew the colours are
 * the same, and what could be cut off or unnamed is so in any of them.
 */
const looks = { en: [narrow, wide], he: [{ ...narrow, colorScheme: wide.colorScheme }] };
const allLooks = [
  ...looks.en,
  { ...narrow, colorScheme: wide.colorScheme },
  { ...wide, colorScheme: narrow.colorScheme },
];

/** What is wrong with a screen, in words that lead to it: empty where nothing is. */
export async function faultsOf(page: Page, language: Language, screen: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { width, colorScheme } of process.env.SCREENS === undefined ? looks[language] : allLooks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const where = `${language}, ${screen}, ${width} px, ${colorScheme}`;
    faults.push(...(await violations(page)).map((violation) => `${where}: ${violation}`));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) faults.push(`${where}: wider than the window by ${overflow} px`);
    await picture(page, `${language}-${screen}-${width}-${colorScheme}`);
  }
  return faults;
}

/** What axe-core finds. It is evaluated by the debugger: the pages' own policy lets no foreign script in. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe.source} })()`);
  const found = await page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary ?? ""}`),
    }));
  }, rules);
  return found.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.join(" | ").replaceAll(/\s+/g, " ")}`);
}

/** Kept for the eye where `SCREENS=1`. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENS === undefined) return;
  const folder = path.join(root, ".output/screens");
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.documentElement.style.setProperty("scrollbar-width", "none"));
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
