import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Mode } from "../../shared/connections.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { speaksHebrew } from "../stack/browsers.ts";
import { builtExtension, dotsOrigin } from "../stack/extension.ts";
import { type FirefoxSession, launchFirefox } from "../stack/firefox.ts";
import type { AccessibleTab } from "../stack/firefox-accessible.ts";
import { pairFirefox, walkInFirefox } from "../stack/firefox-walk.ts";
import { wordsIn } from "../stack/languages.ts";
import { existingAssets, pairingLink, type Stack, startStack } from "../stack/stack.ts";

const apiKey = demoKeyValues.administrator;
let extension: string;
let stack: Stack;
let session: FirefoxSession | undefined;
beforeAll(async () => {
  extension = builtExtension("firefox");
  stack = await startStack({ devices: 1000 });
});
afterEach(async () => {
  await session?.close();
  session = undefined;
});
afterAll(() => stack.close());

test.each<{ mode: Mode; layout: "top-right" | "bottom-left"; does: string }>([
  { mode: "sync", layout: "bottom-left", does: "connects" },
  { mode: "download", layout: "top-right", does: "looks first, connects and undoes it" },
])("an admin $does from a Dots tab in $mode mode, the menu $layout", async ({ mode, layout }) => {
  const workspace = `firefox-${mode}`;
  const api = await stack.pair(workspace);
  await api.importCsv(existingAssets(stack.simulator, 600));
  session = await launchFirefox({ extension, jumpcloud: { apiKey, layout } });
  await pairFirefox(session, await pairingLink(stack.worker, workspace));
  const before = await api.allAssets();
  const preview = async (dots: AccessibleTab) => {
    await dots.find("text", "Nothing has been written.");
    expect(await api.allAssets()).toEqual(before);
  };
  const { page, dots, sentence } = await walkInFirefox(
    session,
    mode,
    mode === "download" ? preview : undefined,
  );

  const [connection] = (await api.call("listConnections")).items;
  expect(connection).toMatchObject({ mode, region: "us", organization: { name: "Acme Ltd" } });
  const { counts } = await api.call("getSync", { id: connection?.lastSyncId ?? "" });
  const { created, updated, unchanged, skipped } = counts;
  expect(created + updated + unchanged + skipped).toBe(1000);
  expect(sentence).toBe(
    `${updated} assets updated, ${created} added, ${unchanged} unchanged, ${skipped} skipped`,
  );
  expect((await api.call("summarizeAssets")).total).toBe(mode === "sync" ? 600 : 600 + created);

  if (mode === "download") {
    await dots.scrollAndClick("button", "Undo this sync");
    await dots.scrollAndClick("button", "Undo it");
    await dots.find("heading", "The sync was undone", 60_000);
    expect((await api.allAssets()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  }
  await dots.click("button", "Manage");
  await dots.find("heading", "Acme Ltd is connected");
  await dots.find("combobox", "Syncs by itself");
  await dots.find("button", "Copy calendar address");

  // What is on the screen, our own frame included, and what the page's scripts have seen.
  expect(await dots.text()).not.toContain(apiKey);
  const seen = await page.evaluate(() =>
    JSON.stringify((window as unknown as { __pageSeen: [] }).__pageSeen),
  );
  expect(seen.length).toBeGreaterThan(100);
  expect(seen).not.toContain(apiKey);
});

test.skipIf(!speaksHebrew("firefox"))(
  "a Firefox set to Hebrew shows the wizard in Hebrew, from right to left, and leads from the card to an ended key",
  async () => {
    const say = wordsIn("he");
    session = await launchFirefox({ extension, language: "he", dots: { lang: "he" } });
    await pairFirefox(session, await pairingLink(stack.worker, "firefox-hebrew"), "he");
    const page = await session.open(`${dotsOrigin}/#/integrations`);
    const dots = session.inFront(page);
    await dots.click("button", say("connectToJumpCloud"));
    await dots.find("heading", say("readsTitle"));
    const [first, last] = [
      await dots.find("button", say("cancel")),
      await dots.find("button", say("allowAndContinueFirst")),
    ];
    expect(first.x, "the way back is at the beginning of the line").toBeGreaterThan(last.x);

    const api = await stack.pair("firefox-hebrew");
    const ended = { region: "us", apiKey, mode: "sync", keyExpiresAt: new Date(0).toISOString() } as const;
    await api.call("createConnection", { body: ended });
    await page.reload();
    await dots.click("button", say("renewKey"));
    await dots.find("heading", say("renewTitle"));
  },
);
