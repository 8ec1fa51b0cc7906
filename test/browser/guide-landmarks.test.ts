import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConsolePage, landmarkPages } from "../../extension/guide/landmark-pages.ts";
import type { Landmark } from "../../extension/guide/landmarks.ts";
import type { JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { bundled } from "./bundled.ts";
import { type Guided, guideStage, type Stage } from "./guide-stage.ts";

/** The landmarks as they run in the console. */
const code = bundled(`
  export { ConsolePage } from "./guide/console-page.ts";
  export { landmarks } from "./guide/landmarks.ts";`);

type Walk = (guided: Guided) => Promise<unknown>;
const stay: Walk = async () => {};
const go =
  (address: string): Walk =>
  ({ page }) =>
    page.goto(new URL(address, page.url()).href);
const openMenu: Walk = (guided) => guided.openMenu();
const openDialog: Walk = (guided) => guided.openDialog();
const generate: Walk = (guided) => guided.generate();

const pages: Record<ConsolePage, [JumpCloudConsoleOptions, Walk]> = {
  login: [{}, go("/login/admin")],
  "user-portal": [{}, go("/userconsole#/security")],
  "home-top-right": [{ layout: "top-right" }, stay],
  "home-bottom-left": [{ layout: "bottom-left" }, stay],
  "home-moved": [{ layout: "moved" }, stay],
  administrators: [{}, go("/#/settings/administrators")],
  "menu-top-right": [{ layout: "top-right" }, openMenu],
  "menu-bottom-left": [{ layout: "bottom-left" }, openMenu],
  "dialog-before": [{}, openDialog],
  "dialog-before-variant": [{ wording: "variant", expiry: "listbox" }, openDialog],
  "dialog-before-other": [{ wording: "other" }, openDialog],
  "dialog-before-page": [{ dialog: "page" }, openDialog],
  "dialog-before-frame": [{ dialog: "frame" }, openDialog],
  "dialog-no-permission": [{ noPermission: true }, openDialog],
  "dialog-key": [{}, generate],
  "dialog-key-masked": [{ keyIn: "masked" }, generate],
  "dialog-key-copy-only": [{ keyIn: "copy-only" }, generate],
  "dialog-key-shadow": [{ dialog: "shadow" }, generate],
  "dialog-key-drawer": [{ dialog: "drawer" }, generate],
  "dialog-connect-key": [{}, go("/#/systems/new")],
};

let stage: Stage;
beforeAll(async () => {
  stage = await guideStage();
});
afterAll(() => stage.close());

describe.each(Object.entries(pages))("on the page %s", (name, [console, walk]) => {
  test("every landmark is found that must be there, and none that must not", async () => {
    const guided = await stage.open(console);
    await walk(guided);
    await guided.page.waitForTimeout(300);
    const found = await guided.page.evaluate<Landmark[]>(`(() => { ${code}
      const page = new ours.ConsolePage(document);
      return Object.keys(ours.landmarks).filter((name) => ours.landmarks[name](page) !== undefined);
    })()`);
    for (const [landmark, { on, notOn }] of Object.entries(landmarkPages)) {
      if (on.some((page) => page === name)) expect(found, landmark).toContain(landmark);
      if (notOn.some((page) => page === name)) expect(found, landmark).not.toContain(landmark);
    }
    await guided.close();
  });
});
