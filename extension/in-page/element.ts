/** An element with these properties and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A button; `press` is called on a person's click only, for the page can dispatch clicks as well. */
export function button(
  properties: Partial<HTMLButtonElement>,
  press: () => void,
  ...children: (Node | string)[]
): HTMLButtonElement {
  const made = element("button", { type: "button", ...properties }, ...children);
  made.addEventListener("click", (event) => event.isTrusted && press());
  return made;
}

/** A line drawing of 16 × 16, in the colour of the text around it. */
export function icon(path: string, weight = 1.8): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const attributes = {
    viewBox: "0 0 16 16",
    width: "16",
    height: "16",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": String(weight),
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
