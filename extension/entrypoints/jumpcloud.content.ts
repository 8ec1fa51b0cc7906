import { browser } from "wxt/browser";
import { defineContentScript } from "wxt/utils/define-content-script";
import { buildGuide } from "../guide/guide.ts";
import { ask, type Notice } from "../messages.ts";

/** JumpCloud's console: idle until the guide is asked for in this tab. */
export default defineContentScript({
  matches: [
    "https://console.jumpcloud.com/*",
    "https://console.eu.jumpcloud.com/*",
    "https://console.in.jumpcloud.com/*",
  ],
  runAt: "document_idle",
  async main(ctx) {
    const guide = buildGuide(ctx.signal);
    browser.runtime.onMessage.addListener((notice: Notice): undefined => {
      if (ctx.isValid && notice.notice === "show-guide") guide.show();
    });
    // Nobody tells a script that its extension was reloaded or removed: the context finds out when it is asked.
    ctx.setInterval(() => undefined, 5_000);
    const state = await ask("guide/state", {}).catch(() => ({ show: false }));
    if (state.show && ctx.isValid) guide.show();
  },
});
