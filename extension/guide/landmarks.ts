import type { ConsolePage } from "./console-page.ts";
import { allIn, boxOf, isVisible, rootsIn } from "./deep.ts";
import { findKey } from "./find-key.ts";
import { keyInValue } from "./key-text.ts";

/**
 * Everything we know of how JumpCloud's console looks, in one place. Nobody has published its DOM (FACTS.md,
 * section 8): found by the text and role people go by, then by where it stands; names of classes only as a hint.
 */
export const landmarks: Record<Landmark, (page: ConsolePage) => Element | undefined> = {
  loginForm,
  accountMenu,
  myApiKey,
  dialog: (page) => page.once(apiKeyDialog),
  expiryList: (page) => inDialog(page, "select, [role=combobox], button[aria-haspopup=listbox]", () => true),
  generate: (page) => inDialog(page, controls, (it) => texts.generate.test(label(it))),
  noPermission: (page) => {
    const dialog = landmarks.dialog(page);
    return dialog && smallest(dialog, texts.noPermission);
  },
  copyKey: (page) => inDialog(page, controls, (it) => texts.copy.test(label(it))),
};

export type Landmark =
  | "loginForm"
  | "accountMenu"
  | "myApiKey"
  | "dialog"
  | "expiryList"
  | "generate"
  | "noPermission"
  | "copyKey";

const texts = {
  title:
    /^(?:(?:generate|create|view|manage) )?(?:(?:my|your) )?(?:new )?(?:jumpcloud )?api keys?(?: (?:created|generated|details|settings))?(?: successfully)?[.!:]?$/i,
  menuItem: /^(?:(?:view|show|manage) )?(?:my|your) api keys?$/i,
  generateApiKey: /^(?:generate|create|regenerate)(?: an?| my)?(?: new)? api key$/i,
  generate: /^(?:generate|create|regenerate)(?: an?| my)?(?: new)?(?: api)?(?: key)?$|^(?:re)?generating…?$/i,
  noPermission: /(?:don[’']t have permission|are not allowed) to (?:view|generate)/i,
  copy: /^copy\b/i,
  account: /account|profile|user ?menu|my ?menu/i,
  initials: /^\p{Lu}{1,3}$/u,
};

const controls = "button, a, [role=button], [role=menuitem], [role=link]";
const dialogs = "[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true]";
const headings = "h1, h2, h3, h4, [role=heading]";

/** Takes what `dialog` found; says whether it says of itself that it is about the API key. */
export function speaksOfKey(dialog: Element): boolean {
  const roots = rootsIn(dialog);
  const named = dialog.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
  const names = [
    dialog.getAttribute("aria-label") ?? "",
    ...allIn(roots, "[id]").flatMap((it) => (named.includes(it.id) ? [label(it)] : [])),
    firstText(dialog),
  ];
  if (names.some((name) => texts.title.test(name))) return true;
  if (first(allIn(roots, headings), (it) => texts.title.test(label(it)))) return true;
  return first(allIn(roots, controls), (it) => texts.generateApiKey.test(label(it))) !== undefined;
}

function loginForm(page: ConsolePage): Element | undefined {
  const password = first(page.all("form input[type=password]"), () => true);
  const asksWho = password
    ?.closest("form")
    ?.querySelector("input[type=email], input[name=email], input[name=username]");
  if (asksWho) return password?.closest("form") ?? undefined;
  return first(page.all("button"), (it) => /^administrator login$/i.test(label(it)));
}

/** The initials at the top right, or the admin's name at the bottom left. */
function accountMenu(page: ConsolePage): Element | undefined {
  let best: { element: Element; points: number } | undefined;
  for (const element of page.all("button, a, [role=button], [aria-haspopup]")) {
    const points = isVisible(element) && !element.closest("main, [role=dialog]") ? accountPoints(element) : 0;
    if (points >= 4 && points > (best?.points ?? 0)) best = { element, points };
  }
  return best?.element;
}

function accountPoints(element: Element): number {
  const box = boxOf(element);
  const bottom = box.top + box.height;
  const text = label(element);
  const hint = `${element.getAttribute("aria-label")} ${element.getAttribute("data-test-id")} ${element.className}`;
  const leads = element.tagName === "A" && element.getAttribute("href") !== null;
  const middle = (box.left + box.width / 2) / window.innerWidth;
  const isTop = box.top + scrollY >= 0 && bottom + scrollY < 120 && (middle > 0.6 || middle < 0.15);
  const isBottom = bottom > window.innerHeight - 140 && (middle < 0.35 || middle > 0.85);
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

function myApiKey(page: ConsolePage): Element | undefined {
  const item = first(page.all(controls), (it) => texts.menuItem.test(label(it)));
  if (item) return item;
  return first(
    page.saying(/api key/i),
    (it) => it.matches("li, span, div") && texts.menuItem.test(label(it)),
  );
}

/**
 * The topmost dialog that speaks of the API key, or that shows nothing but one; where no role says what is a dialog,
 * what is around the heading: something afloat, or the part of the page that has the key's controls.
 */
function apiKeyDialog(page: ConsolePage): Element | undefined {
  const open = page.all(dialogs).filter(isVisible);
  const named = open.filter((it) => speaksOfKey(it) || smallest(it, texts.noPermission)).at(-1);
  const shown = named ?? open.filter((it) => findKey(it, false).kind === "sure").at(-1);
  if (shown || open.some((it) => allIn(rootsIn(it), headings).some(isVisible))) return shown;
  const heading = first(page.all(headings), (it) => texts.title.test(label(it)));
  return heading ? (aroundHeading(heading) ?? pagePart(heading)) : aroundKey(page);
}

/** Where nothing says what is a dialog: what is afloat and shows a key with JumpCloud's own prefix, and it alone. */
function aroundKey(page: ConsolePage): Element | undefined {
  const bearer = first(
    page.saying(/jc[as]_/),
    (it) => keyInValue("value" in it ? String(it.value) : it.textContent) !== undefined,
  );
  for (let step = bearer?.parentElement; step; step = step.parentElement)
    if (isAfloat(step)) return findKey(step, false).kind === "sure" ? step : undefined;
  return undefined;
}

function aroundHeading(heading: Element): Element | undefined {
  for (
    let step = heading.parentElement;
    step && step !== step.ownerDocument.body;
    step = step.parentElement
  ) {
    if (step.matches("main, [role=main]")) return undefined;
    if (step.querySelector("button, [role=button]") && isAfloat(step)) return step;
  }
  return undefined;
}

/** A page of its own instead of a dialog: the main part of it, where it has the controls of a key. */
function pagePart(heading: Element): Element | undefined {
  const main =
    heading.closest("main, [role=main]") ?? heading.ownerDocument.querySelector("main, [role=main]");
  const isKeys = (it: Element) => texts.generateApiKey.test(label(it)) || texts.copy.test(label(it));
  return main && first(allIn(rootsIn(main), controls), isKeys) ? main : undefined;
}

function isAfloat(element: Element): boolean {
  const { position } = getComputedStyle(element);
  return position === "fixed" || position === "absolute";
}

function inDialog(
  page: ConsolePage,
  selector: string,
  isIt: (element: Element) => boolean,
): Element | undefined {
  const dialog = landmarks.dialog(page);
  return dialog && first(allIn(rootsIn(dialog), selector), isIt);
}

/** The visible element with that text which has no smaller one in it. */
function smallest(root: Element, text: RegExp): Element | undefined {
  const roots = rootsIn(root).filter((it) => text.test(("body" in it ? it.body : it).textContent ?? ""));
  const all = [...roots.filter((it) => it === root), ...allIn(roots, "*")] as Element[];
  return all.filter((it) => text.test(it.textContent) && isVisible(it)).at(-1);
}

function first<E extends Element>(all: Iterable<E>, isIt: (element: E) => boolean): E | undefined {
  for (const element of all) if (isIt(element) && isVisible(element)) return element;
  return undefined;
}

/** The first line that people read in it. */
function firstText(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue?.trim();
    if (text && node.parentElement && isVisible(node.parentElement)) return text;
  }
  return "";
}

/** What the element says: its text, or its name where it shows only an icon. */
function label(element: Element): string {
  const text = element.textContent.replace(/\s+/g, " ").trim();
  return text || (element.getAttribute("aria-label") ?? element.getAttribute("title") ?? "");
}
