import { allIn, type Root, rootsIn } from "./deep.ts";

/**
 * JumpCloud's console as it is at this moment, open shadow roots and its own frames included. Made anew for each
 * look; within one look nothing is searched for twice.
 */
export class ConsolePage {
  readonly top: Document;
  readonly #roots: readonly Root[];
  readonly #known = new Map<unknown, Element | undefined>();

  constructor(top: Document) {
    this.top = top;
    this.#roots = rootsIn(top);
  }

  /** Every element that matches, wherever it is. */
  all<E extends Element = Element>(selector: string): E[] {
    return allIn<E>(this.#roots, selector);
  }

  /** The elements right around a text that matches, and the fields that hold one. */
  saying(text: RegExp): Element[] {
    const found = this.all<HTMLInputElement>("input, textarea").filter(({ value }) => text.test(value));
    const around: Element[] = [];
    for (const root of this.#roots) {
      // Much quicker than to ask each element of a large page for its text.
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (text.test(node.nodeValue ?? "") && node.parentElement) around.push(node.parentElement);
    }
    return [...found, ...around];
  }

  /** What `find` finds; asked again, what it found before. */
  once(find: (page: ConsolePage) => Element | undefined): Element | undefined {
    if (!this.#known.has(find)) this.#known.set(find, find(this));
    return this.#known.get(find);
  }
}
