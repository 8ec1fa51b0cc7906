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
    const hear = (notice: Notice): undefined => {
      if (notice.notice === "show-guide") guide.show();
    };
    browser.runtime.onMessage.addListener(hear);
    ctx.onInvalidated(() => browser.runtime.onMessage.removeListener(hear));
    const state = await ask("guide/state", {}).catch(() => ({ show: false }));
    if (state.show && ctx.isValid) guide.show();
  },
});
