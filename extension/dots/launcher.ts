import { schemeBehind } from "../in-page/backdrop.ts";
import { closedRoot } from "../in-page/closed-root.ts";
import { onEachChange } from "../in-page/each-change.ts";
import { button as buttonOf, element } from "../in-page/element.ts";
import { ask, type CardStatus, type WizardStart } from "../messages.ts";
import { say } from "../ui/words.ts";
import { type Card, cardOf } from "./card.ts";
import { showDialog } from "./dialog.ts";
import { isIntegrations, leadsToIntegrations, optionalSpot, type Spot } from "./integrations-page.ts";
import { launcherStyle } from "./style.ts";

const refreshMs = 60_000;
/** How long the page may take to show the card before the button goes to the corner instead. */
const patienceMs = 1500;

export interface Launcher {
  /** Opens the wizard over this page. */
  open(start?: WizardStart): Promise<void>;
}

/** Keeps the button on the page, on JumpCloud's card or in the corner, until `signal`. */
export function startLauncher(signal: AbortSignal): Launcher {
  const { host, body } = closedRoot("dots-launcher", launcherStyle, signal);
  let opened: Promise<void> | undefined;
  let card: Card = { line: "", isTrouble: false, button: "connectToJumpCloud", does: "open-wizard" };
  const view = buildView(body, () => void (card.does === "open-wizard" ? open(card.start) : refresh()));

  const open = (start: WizardStart = {}) => {
    opened ??= openWizard(start).finally(() => {
      opened = undefined;
    });
    return opened;
  };
  const openWizard = async (start: WizardStart) => {
    view.fail(false);
    try {
      const { frameUrl } = await ask("dots/open-wizard", start);
      if (frameUrl === null) return;
      await showDialog(frameUrl, signal);
      if (!signal.aborted) view.button.focus();
    } catch {
      view.fail(true);
    }
    void refresh();
  };
  const show = (status: CardStatus | null | undefined) => {
    if (!status || signal.aborted) return;
    card = cardOf(status, new Date());
    view.show(card);
  };
  const refresh = async () => {
    if (document.hidden || signal.aborted) return;
    // While the worker sleeps or is away the card says what it said before.
    show(await ask("dots/status", {}).catch(() => undefined));
  };
  const start = async () => {
    // First what was shown last: a card that gets its line later grows, and moves what is below it.
    const known = ask("dots/last-status", {}).catch(() => null);
    show(await Promise.race([known, new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null))]));
    if (!signal.aborted) keepInPlace(host, body, signal);
    void refresh();
  };

  const timer = setInterval(() => void refresh(), refreshMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  document.addEventListener("visibilitychange", () => void refresh(), { signal });
  void start();
  return { open };
}

/** Puts the host where it belongs, as the page comes, goes on and is rendered anew. */
function keepInPlace(host: HTMLElement, body: HTMLElement, signal: AbortSignal): void {
  let address = "";
  let arrivedAt = 0;
  const isFresh = () => performance.now() - arrivedAt < patienceMs;
  const settle = () => {
    if (document.body === null || signal.aborted) return;
    const url = new URL(location.href);
    if (url.href !== address) {
      [address, arrivedAt] = [url.href, performance.now()];
      setTimeout(settle, patienceMs + 1);
    }
    const spot = optionalSpot(url, document);
    if (spot === undefined && (isFresh() || leadsToIntegrations(url, document))) host.remove();
    else put(host, body, spot);
  };
  // Where the card was just rendered the button comes with it, not after it: nothing moves that is seen already.
  const isUrgent = () =>
    isIntegrations(new URL(location.href)) && (!host.isConnected || location.href !== address);
  onEachChange(settle, signal, { isUrgent });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", () => requestAnimationFrame(() => dress(host, body)), { signal });
}

/** Moves nothing that is there already. */
function put(host: HTMLElement, body: HTMLElement, spot: Spot | undefined): void {
  host.toggleAttribute("data-floating", spot === undefined);
  body.classList.toggle("floating", spot === undefined);
  body.classList.toggle("apart", spot?.isFoot === false);
  const home = spot?.element ?? document.body;
  if (spot?.place === "after" ? home.nextElementSibling === host : host.parentElement === home) return;
  if (spot?.place === "after") home.after(host);
  else home.append(host);
  dress(host, body);
}

function dress(host: HTMLElement, body: HTMLElement): void {
  body.style.colorScheme = schemeBehind(host);
}

interface View {
  button: HTMLButtonElement;
  show(card: Card): void;
  fail(failed: boolean): void;
}

function buildView(body: HTMLElement, press: () => void): View {
  const button = buttonOf({ textContent: say("connectToJumpCloud") }, press);
  const line = element("span", { className: "line", role: "status", hidden: true });
  const failed = element("p", { className: "failed", role: "alert", hidden: true });
  body.append(element("div", { className: "group" }, line, button, failed));

  return {
    button,
    show(card) {
      const name = say(card.button);
      if (button.textContent !== name) button.textContent = name;
      if (line.textContent !== card.line) line.textContent = card.line;
      line.hidden = card.line === "";
      line.classList.toggle("trouble", card.isTrouble);
    },
    fail(isFailed) {
      failed.textContent = isFailed ? say("launcherNotOpened") : "";
      failed.hidden = !isFailed;
    },
  };
}
