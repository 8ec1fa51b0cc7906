/**
 * Everything we know of how JumpCloud's console looks, in one place. Nobody has published its DOM (FACTS.md,
 * section 8): found by the text and role people go by, then by where it stands; names of classes only as a hint.
 */
export const landmarks = {
  loginForm,
  accountMenu,
  myApiKey,
  dialog: apiKeyDialog,
  expiryList: (page: Document) => within(page, "select, [role=combobox], button[aria-haspopup=listbox]"),
  generate: (page: Document) => {
    const dialog = apiKeyDialog(page);
    return dialog && first(dialog.querySelectorAll(controls), (it) => texts.generate.test(label(it)));
  },
  noPermission: (page: Document) => {
    const dialog = apiKeyDialog(page);
    return dialog && smallest(dialog, texts.noPermission);
  },
  copyKey: (page: Document) => {
    const dialog = apiKeyDialog(page);
    return dialog && first(dialog.querySelectorAll(controls), (it) => texts.copy.test(label(it)));
  },
} satisfies Record<string, (page: Document) => Element | undefined>;

export type Landmark = keyof typeof landmarks;

const texts = {
  title: /^(?:my )?api key$/i,
  menuItem: /^my api key$/i,
  generate: /^(?:generate|create|regenerate)(?: a)?(?: new)? api key$|^generating…?$/i,
  noPermission: /don[’']t have permission to (?:view|generate)/i,
  copy: /^copy\b/i,
  account: /account|profile|user ?menu|my ?menu/i,
  initials: /^\p{Lu}{1,3}$/u,
};

const controls = "button, a, [role=button], [role=menuitem], [role=link]";

function loginForm(page: Document): Element | undefined {
  const password = first(page.querySelectorAll("form input[type=password]"), isVisible);
  const asksWho = password
    ?.closest("form")
    ?.querySelector("input[type=email], input[name=email], input[name=username]");
  if (asksWho) return password?.closest("form") ?? undefined;
  return first(page.querySelectorAll("button"), (it) => /^administrator login$/i.test(label(it)));
}

/** The initials at the top right, or the admin's name at the bottom left. */
function accountMenu(page: Document): Element | undefined {
  let best: { element: Element; points: number } | undefined;
  for (const element of page.querySelectorAll("button, a, [role=button], [aria-haspopup]")) {
    const points = isVisible(element) && !element.closest("main, [role=dialog]") ? accountPoints(element) : 0;
    if (points >= 4 && points > (best?.points ?? 0)) best = { element, points };
  }
  return best?.element;
}

function accountPoints(element: Element): number {
  const box = element.getBoundingClientRect();
  const text = label(element);
  const hint = `${element.getAttribute("aria-label")} ${element.getAttribute("data-test-id")} ${element.className}`;
  const leads = element.tagName === "A" && element.getAttribute("href") !== null;
  const middle = (box.left + box.right) / 2 / window.innerWidth;
  const isTop = box.top >= 0 && box.bottom < 120 && (middle > 0.6 || middle < 0.15);
  const isBottom = box.bottom > window.innerHeight - 140 && (middle < 0.35 || middle > 0.85);
  if (!isTop && !isBottom) return 0;
  const names = [...element.querySelectorAll("*")].some((part) =>
    texts.initials.test(part.textContent.trim()),
  );
  return (
    (texts.initials.test(element.textContent.trim()) || names ? 3 : 0) +
    (texts.account.test(hint) ? 2 : 0) +
    (element.getAttribute("aria-haspopup") ? 2 : 0) -
    (leads ? 3 : 0) +
    (isBottom && text.includes(" ") ? 1 : 0)
  );
}

function myApiKey(page: Document): Element | undefined {
  const item = first(page.querySelectorAll(controls), (it) => texts.menuItem.test(label(it)));
  if (item) return item;
  return first(
    page.querySelectorAll("li, span, div"),
    (it) => it.childElementCount === 0 && texts.menuItem.test(label(it)),
  );
}

/** The topmost dialog that speaks of the API key; where no role says so, what is around its heading. */
function apiKeyDialog(page: Document): Element | undefined {
  const dialogs = [
    ...page.querySelectorAll("[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true]"),
  ];
  const named = dialogs
    .filter((it) => isVisible(it) && (speaksOfKey(it) || smallest(it, texts.noPermission)))
    .at(-1);
  if (named || dialogs.some((it) => isVisible(it) && it.querySelector("h1, h2, h3"))) return named;
  const heading = first(page.querySelectorAll("h1, h2, h3, h4, [role=heading]"), (it) =>
    texts.title.test(label(it)),
  );
  for (let step = heading?.parentElement; step && step !== page.body; step = step.parentElement) {
    if (step.matches("main, [role=main]")) return undefined;
    if (step.querySelector("button, [role=button]") && isAfloat(step)) return step;
  }
  return undefined;
}

function speaksOfKey(dialog: Element): boolean {
  if (texts.title.test(dialog.getAttribute("aria-label") ?? "")) return true;
  const headings = dialog.querySelectorAll("h1, h2, h3, h4, [role=heading]");
  if (first(headings, (it) => texts.title.test(label(it)))) return true;
  return first(dialog.querySelectorAll(controls), (it) => texts.generate.test(label(it))) !== undefined;
}

function isAfloat(element: Element): boolean {
  const { position } = getComputedStyle(element);
  return position === "fixed" || position === "absolute";
}

function within(page: Document, selector: string): Element | undefined {
  return first(apiKeyDialog(page)?.querySelectorAll(selector) ?? [], () => true);
}

/** The visible element with that text which has no smaller one in it. */
function smallest(root: Element, text: RegExp): Element | undefined {
  if (!text.test(root.textContent)) return undefined;
  return [...root.querySelectorAll("*")].filter((it) => text.test(it.textContent) && isVisible(it)).at(-1);
}

function first<E extends Element>(all: Iterable<E>, isIt: (element: E) => boolean): E | undefined {
  for (const element of all) if (isIt(element) && isVisible(element)) return element;
  return undefined;
}

/** What the element says: its text, or its name where it shows only an icon. */
function label(element: Element): string {
  const text = element.textContent.replace(/\s+/g, " ").trim();
  return text || (element.getAttribute("aria-label") ?? element.getAttribute("title") ?? "");
}

function isVisible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}
