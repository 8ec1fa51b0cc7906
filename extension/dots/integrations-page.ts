/** Where the launcher goes: to the end of the card or of its foot, or after a card that is a link or a button. */
export interface Spot {
  element: Element;
  place: "in" | "after";
  isFoot: boolean;
}

/** Takes the Dots page; gives the place on JumpCloud's card of the Integrations page, or nothing on other pages. */
export function optionalSpot(url: URL, page: Document): Spot | undefined {
  if (!isIntegrations(url) && !hasIntegrationsHeading(page)) return undefined;
  for (const name of namesOfJumpCloud(page)) {
    const card = optionalCard(name);
    if (!card) continue;
    const pressed = card.closest("a, button, [role=button], [role=link]");
    if (pressed) return { element: pressed, place: "after", isFoot: false };
    const foot = optionalFoot(card);
    return { element: foot ?? card, place: "in", isFoot: foot !== undefined };
  }
  return undefined;
}

/** Takes an address; says whether it is the Integrations page's. */
export function isIntegrations(url: URL): boolean {
  return /\bintegrations?\b/i.test(`${url.pathname} ${url.hash}`);
}

/** Takes the Dots page; says whether the Integrations page is another one, to which this one leads. */
export function leadsToIntegrations(url: URL, page: Document): boolean {
  if (isIntegrations(url) || hasIntegrationsHeading(page)) return false;
  return [...page.links].some(
    (link) => isIntegrations(new URL(link.href, url)) || isIntegrationsName(link.textContent),
  );
}

/** Takes one class name; says whether it names a card as a whole, and not a part of one or many of them. */
export function namesCard(className: string): boolean {
  const parts = className
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[-_]+/);
  const card = parts.findIndex((part) => part === "card" || part === "tile");
  return card >= 0 && !partsOfCards.has(parts[card + 1] ?? "");
}

const partsOfCards = new Set(
  "title body head header content text foot footer img image logo icon name desc description action actions list grid group deck container wrapper".split(
    " ",
  ),
);

function hasIntegrationsHeading(page: Document): boolean {
  for (const heading of page.querySelectorAll("h1, h2, [role=heading]"))
    if (isIntegrationsName(heading.textContent) && heading.checkVisibility()) return true;
  return false;
}

function isIntegrationsName(text: string): boolean {
  return /^(?:integrations?|אינטגרציות)$/i.test(text.trim());
}

/** Elements whose own text is exactly the name; the navigation's are not cards. */
function* namesOfJumpCloud(page: Document): Generator<Element> {
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!/^\s*jumpcloud\s*$/i.test(node.nodeValue ?? "")) continue;
    const element = node.parentElement;
    if (element && !element.closest("nav, script, style, [role=navigation]") && element.checkVisibility())
      yield element;
  }
}

const cardRoles = "article, li, [role=article], [role=listitem], [role=group], [role=row], tr";

/** The smallest ancestor that looks like a card: by its name, by its role, or as one of several of its kind. */
function optionalCard(name: Element): Element | undefined {
  for (let step: Element | null = name, depth = 0; step && depth < 7; step = step.parentElement, depth++) {
    if (step.matches("main, body, [role=main]")) return undefined;
    if (step.matches(cardRoles) || [...step.classList].some(namesCard)) return step;
    if (depth > 0 && isOneOfSeveral(step)) return step;
  }
  return undefined;
}

/** The row of buttons at the card's end, where it has one: there the launcher moves nothing. */
function optionalFoot(card: Element): Element | undefined {
  const last = [...card.children].filter((child) => child.tagName !== "DOTS-LAUNCHER").at(-1);
  const isFoot = last && [...last.classList].some((name) => /(?:foot|footer|actions?|buttons?)$/i.test(name));
  return isFoot && !last.matches("a, button") ? last : undefined;
}

function isOneOfSeveral(element: Element): boolean {
  const siblings = [...(element.parentElement?.children ?? [])].filter(
    (sibling) => sibling.tagName === element.tagName && sibling.className === element.className,
  );
  return (
    siblings.length > 1 &&
    siblings.every((sibling) => sibling.querySelector("h2, h3, h4, h5, [role=heading]"))
  );
}
