/** A part of the page that is searched on its own: no selector reaches from one into the next. */
export type Root = Document | ShadowRoot | Element;

/**
 * Takes where to begin; gives it and everything in it that a selector does not reach: open shadow roots, what is
 * slotted into one, and frames of the page's own origin, however deep.
 */
export function rootsIn(start: Root): Root[] {
  const roots = new Set<Root>([start]);
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) roots.add(element.shadowRoot);
      // What a slot shows stands outside the root, below its host.
      const host = element.localName === "slot" ? hostOf(element) : undefined;
      if (host) roots.add(host);
      const frame = element.localName === "iframe" ? frameDocument(element as HTMLIFrameElement) : undefined;
      if (frame) roots.add(frame);
    }
  }
  return [...roots];
}

/** Everything below the roots that matches, each once. */
export function allIn<E extends Element = Element>(roots: readonly Root[], selector: string): E[] {
  const found = new Set<E>();
  for (const root of roots) for (const element of root.querySelectorAll<E>(selector)) found.add(element);
  return [...found];
}

/** Whether people can see it; in a frame, whether they can see the frame as well. */
export function isVisible(element: Element): boolean {
  const frame = frameOf(element);
  return (
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    (frame === undefined || isVisible(frame))
  );
}

/** Where an element is in the window of the page, whatever frame it is in. */
export function boxOf(element: Element): { left: number; top: number; width: number; height: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  const frame = frameOf(element);
  if (!frame) return { left, top, width, height };
  const outer = boxOf(frame);
  return {
    left: outer.left + frame.clientLeft + left,
    top: outer.top + frame.clientTop + top,
    width,
    height,
  };
}

/** The element itself, or the outermost of the page's own tree whose shadow root or frame it is in. */
export function lightAncestor(element: Element): Element {
  const outer = hostOf(element) ?? frameOf(element);
  return outer ? lightAncestor(outer) : element;
}

function hostOf(element: Element): Element | undefined {
  const root = element.getRootNode();
  // Not `instanceof`: a frame's nodes are of the frame's classes.
  return "host" in root ? (root as ShadowRoot).host : undefined;
}

function frameOf(element: Element): HTMLElement | undefined {
  const view = element.ownerDocument.defaultView;
  return view === null || view === window
    ? undefined
    : ((view.frameElement as HTMLElement | null) ?? undefined);
}

function frameDocument(frame: HTMLIFrameElement): Document | undefined {
  return frame.checkVisibility() ? (frame.contentDocument ?? undefined) : undefined;
}
