import { browser } from "wxt/browser";
import { defineContentScript } from "wxt/utils/define-content-script";
import { startLauncher } from "../dots/launcher.ts";
import type { Notice } from "../messages.ts";

/** Dots' pages: the button that opens the wizard. Which addresses are Dots' is known at build or run time only. */
export default defineContentScript({
  matches: [],
  registration: "runtime",
  // So early that the button comes with the card, and nothing moves that was seen already.
  runAt: "document_start",
  main(ctx) {
    const launcher = startLauncher(ctx.signal);
    browser.runtime.onMessage.addListener((notice: Notice): undefined => {
      if (!ctx.isValid || notice.notice !== "open-wizard") return;
      const { renew } = notice;
      void launcher.open(renew === undefined ? {} : { renew });
    });
    // Nobody tells a script that its extension was reloaded or removed: the context finds out when it is asked.
    ctx.setInterval(() => undefined, 5_000);
  },
});
