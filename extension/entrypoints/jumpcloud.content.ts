import { browser } from "wxt/browser";
import { defineContentScript } from "wxt/utils/define-content-script";
import { buildGuide } from "../guide/guide.ts";
import { startQuiet } from "../in-page/quiet.ts";
import { ask, type Notice, type PanelPlace } from "../messages.ts";

/** JumpCloud's console: idle until the guide is asked for in this tab. */
export default defineContentScript({
  matches: [
    "https://console.jumpcloud.com/*",
    "https://console.eu.jumpcloud.com/*",
    "https://console.in.jumpcloud.com/*",
  ],
  // Before any script of the page: what is typed in the guide is kept from those that listen.
  runAt: "document_start",
  async main(ctx) {
    startQuiet(ctx.signal);
    const guide = buildGuide(ctx.signal);
    let place: PanelPlace | undefined;
    browser.runtime.onMessage.addListener((notice: Notice): undefined => {
      if (ctx.isValid && notice.notice === "show-guide") guide.show(place);
    });
    // Nobody tells a script that its extension was reloaded or removed: the context finds out when it is asked.
    ctx.setInterval(() => undefined, 5_000);
    const state = await ask("guide/state", {}).catch(() => undefined);
    place = state?.place ?? undefined;
    if (state?.show && ctx.isValid) guide.show(place);
  },
});
