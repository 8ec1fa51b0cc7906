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
/** A browser on a busy machine may be late with a frame: what is looked for is there without it. */
const longestFrameMs = 2_000;
const allLooks = [
  ...looks.en,
  { ...narrow, colorScheme: wide.colorScheme },
  { ...wide, colorScheme: narrow.colorScheme },
];

/** What is wrong with a screen, in words that lead to it: empty where nothing is. */
export async function faultsOf(page: Page, language: Language, screen: string): Promise<string[]> {
  const faults: string[] = [];
  // A tab behind another one draws no frame, and what waits for one waits for ever.
  await page.bringToFront();
  for (const { width, colorScheme } of process.env.SCREENS === undefined ? looks[language] : allLooks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(
      (mostMs) =>
        new Promise((done) => {
          requestAnimationFrame(() => requestAnimationFrame(done));
          setTimeout(done, mostMs);
        }),
      longestFrameMs,
    );
    const where = `${language}, ${screen}, ${width} px, ${colorScheme}`;
    faults.push(...(await violations(page)).map((violation) => `${where}: ${violation}`));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) faults.push(`${where}: wider than the window by ${overflow} px`);
    await picture(page, `${language}-${screen}-${width}-${colorScheme}`);
  }
  faults.push(...(await motions(page)).map((motion) => `${language}, ${screen}: moves, ${motion}`));
  return faults;
}

/** What moves although the reader asked that nothing should. */
async function motions(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      const moves = /[1-9]/.test(transitionDuration) || animationName !== "none";
      return moves ? [`${element.localName}.${element.className}`] : [];
    }),
  );
}

/** Where the system chooses the colours: what is nothing but colour, and is not to be seen then. */
export async function lostInForcedColors(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: "active" });
  const lost = await page.evaluate(() => {
    const canvas = getComputedStyle(document.body).backgroundColor;
    const isSeen = ({ backgroundColor, borderTopColor, borderTopWidth }: CSSStyleDeclaration) =>
      ![canvas, "rgba(0, 0, 0, 0)"].includes(backgroundColor) ||
      (borderTopWidth !== "0px" && borderTopColor !== canvas);
    const bare = ".dot, .step-dots i, .progress, .progress i, .outcome-bar i, .legend i, .chart dd > i > i";
    const seen = [...document.querySelectorAll(bare)].map((one) => [one, getComputedStyle(one)] as const);
    const marks = [...document.querySelectorAll("[class^='mark-']")].map(
      (one) => [one, getComputedStyle(one, "::before")] as const,
    );
    const focused = document.querySelector<HTMLElement>("footer button:last-of-type");
    focused?.focus({ focusVisible: true } as FocusOptions);
    const { outlineStyle, outlineColor } = getComputedStyle(focused ?? document.body);
    return [
      ...[...seen, ...marks].filter(([, style]) => !isSeen(style)).map(([one]) => one.className),
      ...(focused && (outlineStyle === "none" || outlineColor === canvas) ? ["the focus"] : []),
    ];
  });
  await page.emulateMedia({ forcedColors: "none" });
  return lost;
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

/** Pictures of a page as it is, in every look; `shown` is what has to be in them. */
export async function pictures(page: Page, name: string, shown?: string): Promise<void> {
  for (const { width, colorScheme } of allLooks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    if (shown !== undefined) await page.locator(shown).scrollIntoViewIfNeeded();
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(folderFor(), `${name}-${width}-${colorScheme}.png`) });
  }
}

/** Kept for the eye where `SCREENS=1`. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENS === undefined) return;
  // A window as high as the page: what sticks to the window's end is shown at the page's.
  const height = await page.evaluate(() => {
    document.documentElement.style.setProperty("scrollbar-width", "none");
    return document.documentElement.scrollHeight;
  });
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height });
  await page.screenshot({ path: path.join(folderFor(), `${name}.png`) });
}

function folderFor(): string {
  const folder = path.join(root, ".output/screens");
  mkdirSync(folder, { recursive: true });
  return folder;
}
