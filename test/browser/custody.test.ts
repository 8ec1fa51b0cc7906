import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CDPSession, Frame, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { type ChromiumSession, launchChromium, pairChromium } from "../stack/chromium.ts";
import { builtExtension, dotsOrigin } from "../stack/extension.ts";
import { pairingLink, type Stack, startStack } from "../stack/stack.ts";

let extension: string;
let stack: Stack;
let session: ChromiumSession;
let options: Page;
let profile: string;
beforeAll(async () => {
  extension = builtExtension("chrome");
  stack = await startStack({ devices: 20 });
  profile = await mkdtemp(path.join(tmpdir(), "dots-connect-"));
  session = await launchChromium({ extension, profile });
  await paired();
});

async function paired(): Promise<void> {
  options = await pairChromium(session, await pairingLink(stack.worker, "custody"));
  await options.getByText("custody").first().waitFor();
}

afterAll(async () => {
  await session.close();
  await stack.close();
  await rm(profile, { recursive: true, force: true });
});

/** Runs code where our content script of that page runs: with all that it can reach. */
async function inContentScript(page: Page, code: string): Promise<unknown> {
  const devtools = await session.context.newCDPSession(page);
  const contextId = await contentScriptOf(devtools);
  const { result, exceptionDetails } = await devtools.send("Runtime.evaluate", {
    expression: code,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

async function contentScriptOf(devtools: CDPSession): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  devtools.on("Runtime.executionContextCreated", ({ context }) => {
    if (context.origin === session.extensionOrigin) resolve(context.id);
  });
  await devtools.send("Runtime.enable");
  return await promise;
}

async function openDots(): Promise<Page> {
  const page = await session.context.newPage();
  await page.goto(`${dotsOrigin}/#/integrations`);
  return page;
}

test("the token is in nothing that a content script can read, and the background gives it to none", async () => {
  const page = await openDots();
  const reached = await inContentScript(
    page,
    `(async () => {
      const read = (area) => chrome.storage[area]?.get(null).then(JSON.stringify, String) ?? "none";
      const databases = JSON.stringify(await indexedDB.databases());
      const said = [];
      for (const type of ["pairing/state", "wizard/take-key", "worker", "storage", "popup/status", "wizard/hello"])
        said.push(await chrome.runtime.sendMessage({ type, route: "listTokens", nonce: "x" }));
      return JSON.stringify({ local: await read("local"), session: await read("session"), databases, said });
    })()`,
  );
  expect(reached).not.toMatch(/dots_[0-9a-f]{8}|workerOrigin|dots-connect/);
  const { said, local, session: inSession } = JSON.parse(String(reached));
  expect(said).toHaveLength(6);
  for (const reply of said) expect(reply).toEqual({ ok: false, problem: { code: "forbidden" } });
  expect(local).toContain("Access to storage is not allowed");
  expect(inSession).toContain("Access to storage is not allowed");
  // The page of ours that paired does reach it: the search above looks for what is there.
  expect(await options.evaluate(async () => JSON.stringify(await indexedDB.databases()))).toContain(
    "dots-connect",
  );
  await page.close();
});

test("a frame that a page made by itself shows nothing and is not heard", async () => {
  const page = await openDots();
  const frame = await frameOf(page, `${session.extensionOrigin}/connect.html#${crypto.randomUUID()}`);
  await page.waitForTimeout(500);
  expect(await frame.evaluate(() => document.getElementById("app")?.innerHTML)).toBe("");
  const reply = await frame.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage(raw: object): Promise<unknown> } };
    };
    return await chrome.runtime.sendMessage({ type: "worker", route: "listConnections" });
  });
  expect(reply).toEqual({ ok: false, problem: { code: "forbidden" } });

  // Nor is it told how a sync goes, of which a page of ours is told at once.
  const api = await stack.pair("custody");
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "sync" } as const;
  const { id, firstSyncId } = await api.call("createConnection", { body });
  await api.ended(firstSyncId ?? "");
  expect(await toldOfSync(frame, firstSyncId ?? "")).toBe(0);
  expect(await toldOfSync(options, firstSyncId ?? "")).toBe(1);
  await api.call("deleteConnection", { id });
  const own = (await api.call("listTokens")).items.find(({ label }) => label === "a test");
  await api.call("revokeToken", { id: own?.id ?? "" });
  await page.close();
});

/** How often a page of ours, or a frame of one, is told of a sync until the background hangs up. */
function toldOfSync(page: Page | Frame, syncId: string): Promise<number> {
  return page.evaluate(async (name) => {
    type Port = Record<"onMessage" | "onDisconnect", { addListener(hear: () => void): void }>;
    const { runtime } = Reflect.get(globalThis, "chrome") as { runtime: { connect(how: object): Port } };
    const port = runtime.connect({ name });
    let told = 0;
    port.onMessage.addListener(() => {
      told += 1;
    });
    await new Promise<void>((done) => port.onDisconnect.addListener(done));
    return told;
  }, `sync:${syncId}`);
}

test("no page but Dots can frame the wizard, and none can load another page of the extension", async () => {
  const page = await openDots();
  const other = await frameOf(page, `${session.extensionOrigin}/options.html`);
  expect(other.url()).toMatch(/^chrome-error:/);
  await page.goto("https://console.jumpcloud.com/#/home");
  const foreign = await frameOf(page, `${session.extensionOrigin}/connect.html`);
  expect(foreign.url()).toMatch(/^chrome-error:/);
  await page.close();
});

test("a key that was pasted is taken out of the clipboard when the admin asks", async () => {
  const elsewhere = await openDots();
  await elsewhere.evaluate(() => document.body.replaceChildren(document.createElement("textarea")));
  const text = elsewhere.locator("textarea");
  await text.fill("jca_pasted");
  for (const keys of ["ControlOrMeta+A", "ControlOrMeta+C"]) await text.press(keys);

  const page = await session.context.newPage();
  await page.goto(`${session.extensionOrigin}/connect.html`);
  const key = await keyField(page);
  await key.press("ControlOrMeta+V");
  expect(await key.inputValue()).toBe("jca_pasted");
  await page.getByRole("button", { name: "Clear the clipboard" }).click();
  await page.getByText("The clipboard is empty.").waitFor();
  expect(await key.inputValue()).toBe("jca_pasted");
  await page.close();

  await elsewhere.bringToFront();
  await text.fill("nothing was pasted: ");
  await text.press("ControlOrMeta+V");
  expect(await text.inputValue()).toBe("nothing was pasted: ");
  await elsewhere.close();
});

test("a key that is not sent is dropped from the wizard after two minutes, and the admin is told", async () => {
  const page = await session.context.newPage();
  await page.clock.install();
  await page.goto(`${session.extensionOrigin}/connect.html`);
  const key = await keyField(page);
  await key.fill("jca_forgotten");
  await page.clock.runFor(119_000);
  expect(await key.inputValue()).toBe("jca_forgotten");
  await page.clock.runFor(2_000);
  await page.getByText("After two minutes the key was dropped.").waitFor();
  expect(await key.inputValue()).toBe("");
  await page.close();
});

test("our pages run no code but the extension's own files, send no form and load nothing from elsewhere", async () => {
  const outcome = await options.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    const image = document.createElement("img");
    image.src = "https://evil.example/?leak";
    const frame = document.createElement("iframe");
    frame.src = "https://evil.example/";
    document.body.append(script, image, frame);
    // Text as code; `eval` itself is let through where a debugger evaluates.
    setTimeout("globalThis.ran = true", 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { violations: violations.sort(), ran: "ran" in globalThis };
  });
  expect(outcome.ran).toBe(false);
  expect(outcome.violations).toEqual(expect.arrayContaining(["frame-src", "img-src", "script-src-elem"]));
});

test("the manifest asks for what PERMISSIONS.md gives a reason for, holds no host, and opens the wizard's page to Dots alone", () => {
  const manifest = JSON.parse(readFileSync(path.join(extension, "manifest.json"), "utf8"));
  const reasons = readFileSync("extension/PERMISSIONS.md", "utf8");
  const asked: string[] = [
    ...manifest.permissions,
    ...manifest.optional_host_permissions,
    ...(manifest.optional_permissions ?? []),
  ];
  for (const permission of asked) expect(reasons, permission).toContain(`\`${permission}\``);
  expect(manifest.host_permissions).toBeUndefined();
  expect(asked).not.toContain("tabs");
  expect(manifest.web_accessible_resources).toEqual([
    { resources: ["connect.html"], matches: [`${dotsOrigin}/*`] },
  ]);
  expect(manifest.externally_connectable).toBeUndefined();
  const [policy, ancestors] = manifest.content_security_policy.extension_pages.split("; frame-ancestors ");
  expect(ancestors).toBe(dotsOrigin);
  expect(reasons).toContain(`${policy}; frame-ancestors <`);
});

test("a pairing that is forgotten is ended at the Worker too: its token opens nothing any more", async () => {
  const api = await stack.pair("custody");
  const labels = async () => (await api.call("listTokens")).items.map(({ label }) => label).sort();
  expect(await labels()).toEqual([expect.stringMatching(/^Chrome on /), "a test"]);
  await options.getByRole("button", { name: "Forget this pairing" }).click();
  await options.getByRole("textbox", { name: "Pairing link" }).waitFor();
  expect(await labels()).toEqual(["a test"]);
});

test("what the browser writes to its disk holds no key that was sent, and the token in one place alone", async () => {
  await paired();
  const apiKey = demoKeyValues.administrator;
  const page = await session.context.newPage();
  await page.goto(`${session.extensionOrigin}/connect.html`);
  const field = await keyField(page);
  await page.getByRole("button", { name: "Show" }).click();
  await field.fill(apiKey);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("heading", { name: /^Congrats!/ }).waitFor();
  const pairing = await stack.pair("custody").then(async (api) => api.call("listConnections"));
  expect(pairing.items.map(({ keyLast4 }) => keyLast4)).toEqual([apiKey.slice(-4)]);
  const token = await keptToken();
  // It writes all that it has to write when it ends.
  await session.close();
  expect(await filesWith(apiKey)).toEqual([]);
  const withToken = await filesWith(token);
  expect(withToken.length).toBeGreaterThan(0);
  for (const file of withToken) expect(file).toMatch(/^Default\/IndexedDB\/chrome-extension_/);
});

/** The token that the extension keeps, read where it keeps it. */
async function keptToken(): Promise<string> {
  return await options.evaluate(async () => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    const database = await wait(indexedDB.open("dots-connect"));
    const store = database.transaction("secrets").objectStore("secrets");
    return ((await wait(store.get("pairing"))) as { token: string }).token;
  });
}

/** The files of the browser's profile that hold a text, in whichever of the codings that browsers write. */
async function filesWith(text: string): Promise<string[]> {
  const files = await readdir(profile, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of files.filter((entry) => entry.isFile())) {
    const at = path.join(file.parentPath, file.name);
    const bytes = await readFile(at).catch(() => Buffer.alloc(0));
    const isThere = (["utf8", "utf16le"] as const).some((coding) => bytes.includes(text, 0, coding));
    if (isThere) found.push(path.relative(profile, at));
  }
  return found;
}

/** Goes on to the step that takes the key, from wherever the wizard opened. */
async function keyField(page: Page): Promise<Locator> {
  const field = page.getByLabel("API Key", { exact: true });
  const first = page.getByRole("button", { name: "Allow & continue", exact: true });
  await field.or(first).waitFor();
  if (await field.isVisible()) return field;
  await first.click();
  await page.getByRole("radio", { name: "Sync", exact: true }).click();
  await page.getByRole("button", { name: "Allow & Continue", exact: true }).click();
  return field;
}

/** Puts a frame into the page, as any script of the page could. */
async function frameOf(page: Page, address: string) {
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    frame.name = "ours";
    document.body.append(frame);
  }, address);
  await page.waitForTimeout(300);
  const frame = page.frames().at(-1);
  if (!frame) throw new Error("The frame is not there.");
  return frame;
}
