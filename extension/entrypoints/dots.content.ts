import { browser } from "wxt/browser";
import { defineContentScript } from "wxt/utils/define-content-script";
import { startLauncher } from "../dots/launcher.ts";
import type { Notice } from "../messages.ts";

/** Dots' pages: the button that opens the wizard. Which addresses are Dots' is known at build or run time only. */
export default defineContentScript({
  matches: [],
  registration: "runtime",
  runAt: "document_idle",
  main(ctx) {
    const launcher = startLauncher(ctx.signal);
    const hear = (notice: Notice): undefined => {
      if (notice.notice === "open-wizard") void launcher.open();
    };
    browser.runtime.onMessage.addListener(hear);
    ctx.onInvalidated(() => browser.runtime.onMessage.removeListener(hear));
  },
});
