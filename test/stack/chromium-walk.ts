import type { Frame, Page } from "playwright-core";
import type { Mode } from "../../shared/connections.ts";
import type { ChromiumSession } from "./chromium.ts";
import { ClosedShadow } from "./closed-shadow.ts";
import { dotsOrigin } from "./extension.ts";

/** Told after each step of a walk: its name, and the page that shows it. */
export type OnStep = (step: string, page: Page) => Promise<void>;

export interface WalkOptions {
  mode: Mode;
  /** As the list in JumpCloud's dialog words it; left as it stands there where it is not given. */
  expiry?: string;
  onStep?: OnStep;
}

export interface Walked {
  page: Page;
  wizard: Frame;
  /** The sentence of the result: "412 assets updated, …". */
  sentence: string;
  /** Clicks from the launcher to the result, those in JumpCloud's console included. */
  clicks: number;
}

const modeNames: Record<Mode, string> = { sync: "Sync", download: "Download and sync" };

/** Walks the whole journey as an admin does, from the launcher in Dots to the result. */
export async function walkInChromium(session: ChromiumSession, options: WalkOptions): Promise<Walked> {
  const { mode, expiry, onStep = async () => {} } = options;
  const page = await session.context.newPage();
  await page.goto(`${dotsOrigin}/#/integrations`);
  const dots = new ClosedShadow(page);
  await dots.find("button", "Connect to JumpCloud");
  await onStep("dots-integrations", page);
  let clicks = 0;
  const click = async (locator: { click(): Promise<void> }) => {
    clicks += 1;
    await locator.click();
  };

  clicks += 1;
  await dots.click("button", "Connect to JumpCloud");
  const wizard = await wizardIn(page, session.extensionOrigin);
  await wizard.getByRole("heading", { name: "Connect JumpCloud" }).waitFor();
  await onStep("wizard-what-dots-reads", page);
  await click(wizard.getByRole("button", { name: "Allow & continue", exact: true }));
  await wizard.getByRole("radio", { name: modeNames[mode], exact: true }).waitFor();
  await click(wizard.getByRole("radio", { name: modeNames[mode], exact: true }));
  await onStep("wizard-mode", page);
  const opened = session.context.waitForEvent("page");
  await click(wizard.getByRole("button", { name: "Allow & get the key", exact: true }));
  const console = await opened;
  clicks += await bringKey(console, expiry, onStep);
  if (!(await isInFront(wizard))) throw new Error("Dots did not come forward with the key.");

  const key = wizard.getByLabel("API Key", { exact: true });
  await wizard.getByText("The key has arrived from JumpCloud.").waitFor();
  if ((await key.inputValue()) === "") throw new Error("The key did not reach the wizard.");
  await onStep("wizard-key", page);
  await click(wizard.getByRole("button", { name: "Continue", exact: true }));
  await wizard.getByRole("progressbar", { name: "Sync progress" }).waitFor();
  await onStep("wizard-running", page);
  await wizard.getByRole("heading", { name: /^Congrats!/ }).waitFor({ timeout: 60_000 });
  const sentence = (await wizard.getByText(/assets? updated,/).textContent()) ?? "";
  await onStep("wizard-result", page);
  return { page, wizard, sentence, clicks };
}

/** In JumpCloud's console: follows the guide to a new key and sends it. Gives the number of clicks. */
async function bringKey(page: Page, expiry: string | undefined, onStep: OnStep): Promise<number> {
  const guide = new ClosedShadow(page);
  await guide.find("complementary", "Dots guide");
  await onStep("jumpcloud-menu", page);
  let clicks = await openAccountMenu(page);
  await onStep("jumpcloud-my-api-key", page);
  await page.getByRole("menuitem", { name: "My API Key" }).click();
  if (expiry !== undefined) {
    clicks += 1;
    await page.getByRole("combobox").selectOption({ label: expiry });
  }
  await onStep("jumpcloud-generate", page);
  await page.getByRole("button", { name: "Generate New API Key" }).click();
  await guide.find("button", "Send to Dots");
  await onStep("jumpcloud-send", page);
  await guide.click("button", "Send to Dots");
  await guide.find("button", "Back to Dots");
  await onStep("jumpcloud-sent", page);
  return clicks + 3;
}

/** Whether its tab is the one people see, as the browser tells the extension: a page under test always says so. */
function isInFront(wizard: Frame): Promise<boolean> {
  return wizard.evaluate(async () => {
    const { tabs } = Reflect.get(window, "chrome") as {
      tabs: { getCurrent(): Promise<{ active: boolean }> };
    };
    return (await tabs.getCurrent()).active;
  });
}

/** The newer layout's menu opens when one points at it, the older one's when one clicks. */
async function openAccountMenu(page: Page): Promise<number> {
  const newer = page.getByRole("button", { name: "Dana Admin" });
  const older = page.getByRole("button", { name: "Account", exact: true });
  await newer.or(older).waitFor();
  if (await newer.isVisible()) {
    await newer.hover();
    return 0;
  }
  await older.click();
  return 1;
}

/** The wizard's frame, which lies in a closed shadow root: reached by its address. */
export async function wizardIn(page: Page, extensionOrigin: string): Promise<Frame> {
  const isWizard = (url: string) => url.startsWith(`${extensionOrigin}/connect.html`);
  return (
    page.frames().find((one) => isWizard(one.url())) ??
    (await page.waitForEvent("framenavigated", (one) => isWizard(one.url())))
  );
}
