import { closedRoot } from "../in-page/closed-root.ts";
import { onEachChange } from "../in-page/each-change.ts";
import { language } from "../in-page/phrase.ts";
import { ask, type CardStatus } from "../messages.ts";
import { cardLine } from "./card-line.ts";
import { showDialog } from "./dialog.ts";
import { optionalSpot } from "./integrations-page.ts";
import { launcherStyle } from "./style.ts";
import { words } from "./words.ts";

const refreshMs = 60_000;

export interface Launcher {
  /** Opens the wizard over this page. */
  open(): Promise<void>;
}

/** Keeps the button on the page, on JumpCloud's card or in the corner, until `signal`. */
export function startLauncher(signal: AbortSignal): Launcher {
  const { host, body } = closedRoot("dots-launcher", launcherStyle, signal);
  const view = buildView(body);
  let opened: Promise<void> | undefined;

  const open = () => {
    opened ??= openWizard().finally(() => {
      opened = undefined;
    });
    return opened;
  };
  const openWizard = async () => {
    view.fail(false);
    try {
      const { frameUrl } = await ask("dots/open-wizard", {});
      if (frameUrl === null) return;
      await showDialog(frameUrl, words, signal);
      if (!signal.aborted) view.button.focus();
    } catch {
      view.fail(true);
    }
    void refresh();
  };
  const refresh = async () => {
    if (document.hidden || signal.aborted) return;
    // While the worker sleeps or is away the card says what it said before.
    const status = await ask("dots/status", {}).catch(() => undefined);
    if (status && !signal.aborted) view.show(status);
  };

  view.button.addEventListener("click", (event) => {
    // The page could dispatch a click of its own; only a person's counts.
    if (event.isTrusted) void open();
  });
  onEachChange(() => settle(host, body), signal);
  const timer = setInterval(() => void refresh(), refreshMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  document.addEventListener("visibilitychange", () => void refresh(), { signal });
  void refresh();
  return { open };
}

/** Puts the host where it belongs now; moves nothing that is there already. */
function settle(host: HTMLElement, body: HTMLElement): void {
  const spot = optionalSpot(new URL(location.href), document);
  host.toggleAttribute("data-floating", spot === undefined);
  body.classList.toggle("floating", spot === undefined);
  body.classList.toggle("apart", spot?.isFoot === false);
  if (spot?.place === "after") {
    if (spot.element.nextElementSibling !== host) spot.element.after(host);
    return;
  }
  const home = spot?.element ?? document.body;
  if (host.parentElement !== home) home.append(host);
}

interface View {
  button: HTMLButtonElement;
  show(status: CardStatus): void;
  fail(failed: boolean): void;
}

function buildView(body: HTMLElement): View {
  const group = document.createElement("div");
  group.className = "group";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.connect();
  const line = document.createElement("span");
  line.className = "line";
  line.hidden = true;
  const failed = document.createElement("p");
  failed.className = "failed";
  failed.role = "alert";
  failed.hidden = true;
  group.append(line, button, failed);
  body.append(group);

  return {
    button,
    show(status) {
      button.textContent = buttonWords(status);
      line.textContent = cardLine(status, words, new Date(), language().lang);
      line.hidden = line.textContent === "";
      line.classList.toggle("trouble", status.state === "needs_key");
    },
    fail(isFailed) {
      failed.textContent = isFailed ? words.notOpened() : "";
      failed.hidden = !isFailed;
    },
  };
}

function buttonWords(status: CardStatus): string {
  if (status.state === "connected") return words.manage();
  return status.state === "needs_key" ? words.renewKey() : words.connect();
}
