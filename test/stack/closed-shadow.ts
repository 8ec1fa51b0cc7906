import { setTimeout as wait } from "node:timers/promises";
import type { CDPSession, Page } from "playwright-core";

interface AxNode {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  backendDOMNodeId?: number;
}

/**
 * What lies in a closed shadow root, found as a screen reader finds it: by role and name in the browser's own
 * accessibility tree. No script of the page can do the same.
 */
export class ClosedShadow {
  readonly #page: Page;
  #cdp: CDPSession | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits for it; gives its middle in the viewport. Throws where it does not come within 10 s. */
  async find(role: string, name: string): Promise<{ x: number; y: number }> {
    for (const until = Date.now() + 10_000; Date.now() < until; await wait(30)) {
      const place = await this.#place(role, name);
      if (place) return place;
    }
    throw new Error(
      `No ${role} "${name}" on ${this.#page.url()}. There are: ${(await this.names()).join(", ")}`,
    );
  }

  async has(role: string, name: string): Promise<boolean> {
    return (await this.#place(role, name)) !== undefined;
  }

  /** Clicks it with the mouse, as a person does: once it stands still, or the click would land beside it. */
  async click(role: string, name: string): Promise<void> {
    let place = await this.find(role, name);
    for (const until = Date.now() + 5_000; Date.now() < until; ) {
      await wait(30);
      const next = await this.find(role, name);
      const stands = Math.abs(next.x - place.x) < 1 && Math.abs(next.y - place.y) < 1;
      place = next;
      if (stands) break;
    }
    await this.#page.mouse.click(place.x, place.y);
  }

  /** Every role and name there is, for a message that helps. */
  async names(): Promise<string[]> {
    const nodes = await this.#nodes();
    return nodes
      .filter(({ ignored, name }) => !ignored && name?.value)
      .map(({ role, name }) => `${role?.value} "${name?.value}"`);
  }

  async #place(role: string, name: string): Promise<{ x: number; y: number } | undefined> {
    const node = (await this.#nodes()).find(
      (one) => !one.ignored && one.role?.value === role && one.name?.value === name,
    );
    if (node?.backendDOMNodeId === undefined) return undefined;
    const cdp = await this.#session();
    try {
      const { model } = await cdp.send("DOM.getBoxModel", { backendNodeId: node.backendDOMNodeId });
      const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    } catch {
      // Re-rendered between the two questions.
      return undefined;
    }
  }

  async #nodes(): Promise<AxNode[]> {
    const cdp = await this.#session();
    return (await cdp.send("Accessibility.getFullAXTree")).nodes as AxNode[];
  }

  async #session(): Promise<CDPSession> {
    this.#cdp ??= await this.#page.context().newCDPSession(this.#page);
    return this.#cdp;
  }
}
