import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Mode } from "../../shared/connections.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { speaksHebrew } from "../stack/browsers.ts";
import { type ChromiumSession, launchChromium, pairChromium } from "../stack/chromium.ts";
import { walkInChromium, wizardIn } from "../stack/chromium-walk.ts";
import { ClosedShadow } from "../stack/closed-shadow.ts";
import { builtExtension, dotsOrigin } from "../stack/extension.ts";
import { wordsIn } from "../stack/languages.ts";
import { existingAssets, pairingLink, type Stack, startStack } from "../stack/stack.ts";

const apiKey = demoKeyValues.administrator;
let extension: string;
let stack: Stack;
let session: ChromiumSession | undefined;
beforeAll(async () => {
  extension = builtExtension("chrome");
  stack = await startStack({ devices: 1000 });
});
afterEach(async () => {
  await session?.close();
  session = undefined;
});
afterAll(() => stack.close());

const figures = new Intl.NumberFormat("en");

test.each<{ mode: Mode; layout: "top-right" | "bottom-left"; expiry: string; most: number }>([
  // JumpCloud's older menu opens at a click, the newer one when one points at it.
  { mode: "sync", layout: "top-right", expiry: "No Expiration", most: 9 },
  { mode: "download", layout: "bottom-left", expiry: "180 days", most: 8 },
])(
  "an admin connects from a Dots tab in $mode mode, the menu $layout, in $most clicks and less than a minute",
  async ({ mode, layout, expiry, most }) => {
    const workspace = `chromium-${mode}`;
    const api = await stack.pair(workspace);
    await api.importCsv(existingAssets(stack.simulator, 600));
    session = await launchChromium({ extension, jumpcloud: { apiKey, layout } });
    await pairChromium(session, await pairingLink(stack.worker, workspace));
    const started = performance.now();
    const { page, wizard, sentence, clicks } = await walkInChromium(session, { mode, expiry });
    expect(performance.now() - started).toBeLessThan(60_000);
    // One of them chose another expiry than the dialog's own, which nobody has to.
    expect(clicks - 1).toBe(most);

    const [connection] = (await api.call("listConnections")).items;
    expect(connection).toMatchObject({ mode, region: "us", organization: { name: "Acme Ltd" } });
    if (expiry === "No Expiration") expect(connection?.keyExpiresAt).toBeNull();
    else expect(daysUntil(connection?.keyExpiresAt)).toBe(180);
    const { counts } = await api.call("getSync", { id: connection?.lastSyncId ?? "" });
    const { created, updated, unchanged, skipped } = counts;
    expect(created + updated + unchanged + skipped).toBe(1000);
    const [u, a, same, s] = [updated, created, unchanged, skipped].map((figure) => figures.format(figure));
    expect(sentence).toBe(`${u} assets updated, ${a} added, ${same} unchanged, ${s} skipped`);
    expect((await api.call("summarizeAssets")).total).toBe(mode === "sync" ? 600 : 600 + created);
    // Each figure opens its devices.
    await wizard.getByRole("button", { name: "skipped" }).click();
    await wizard.getByRole("table").getByRole("rowheader").first().waitFor();

    await expectNoKey(session, page);
  },
);

test.skipIf(!speaksHebrew("chromium"))(
  "a Chromium set to Hebrew shows the wizard in Hebrew, from right to left",
  async () => {
    const say = wordsIn("he");
    session = await launchChromium({ extension, language: "he", dots: { lang: "he" } });
    const link = await pairingLink(stack.worker, "chromium-hebrew");
    await (await pairChromium(session, link, "he")).getByText(say("forgetPairing")).waitFor();
    const page = await session.context.newPage();
    await page.goto(`${dotsOrigin}/#/integrations`);
    await new ClosedShadow(page).click("button", say("connectToJumpCloud"));
    const wizard = await wizardIn(page, session.extensionOrigin);
    await wizard.getByRole("heading", { name: say("readsTitle") }).waitFor();
    expect(await wizard.evaluate(() => [document.documentElement.lang, document.dir])).toEqual(["he", "rtl"]);
    const [first, last] = await Promise.all(
      ["cancel", "allowAndContinueFirst"].map((word) =>
        wizard.getByRole("button", { name: say(word) }).boundingBox(),
      ),
    );
    expect(first?.x, "the way back is at the beginning of the line").toBeGreaterThan(last?.x ?? 0);
  },
);

/** The key was sent: it is in no page of Dots, in nothing Dots' scripts can see, and in no storage of ours. */
async function expectNoKey({ context }: ChromiumSession, dots: Page): Promise<void> {
  const [worker] = context.serviceWorkers();
  const stored = await worker?.evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: Record<"storage", Record<string, Area>> }).chrome;
    const areas = await Promise.all(["local", "session", "sync"].map((area) => storage[area]?.get(null)));
    return JSON.stringify(areas);
    interface Area {
      get(keys: null): Promise<object>;
    }
  });
  expect(stored).toContain("draft");
  expect(stored).not.toContain(apiKey);
  // The token either: what is stored here a content script may read.
  expect(stored).not.toMatch(/dots_[0-9a-f]{8}/);
  for (const frame of dots.frames()) {
    const inFrame = await frame.evaluate(() =>
      [
        document.documentElement.outerHTML,
        ...[...document.querySelectorAll("input")].map(({ value }) => value),
      ].join("\n"),
    );
    expect(inFrame).not.toContain(apiKey);
    expect(inFrame).not.toMatch(/dots_[0-9a-f]{8}/);
  }
  const kept = await dots.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain(apiKey);
  const seen = await dots.evaluate(() =>
    JSON.stringify((window as unknown as { __pageSeen: [] }).__pageSeen),
  );
  expect(seen.length).toBeGreaterThan(100);
  expect(seen).not.toContain(apiKey);
  expect(seen).not.toMatch(/dots_[0-9a-f]{8}/);
}

function daysUntil(instant: string | null | undefined): number {
  return Math.round((Date.parse(instant ?? "") - Date.now()) / 86_400_000);
}
