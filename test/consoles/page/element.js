/**
 * A DOM element: `on…` properties are listeners, `class` and the rest attributes; false and null leave one out.
 * Children may be nodes, text, lists, or nothing.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2).toLowerCase(), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Named as a React component's parts are: one name as test id and as BEM class (FACTS.md, section 8). */
export function part(tag, name, properties = {}, ...children) {
  return h(
    tag,
    { "data-test-id": name, ...properties, class: [name, properties.class].filter(Boolean).join(" ") },
    ...children,
  );
}

/** The state this page stands for. */
export const options = JSON.parse(document.getElementById("console-options").textContent);

/** Calls back with the hash route now and at every change; `/` where there is none. */
export function onRoute(render) {
  const now = () => render(location.hash.replace(/^#/, "") || "/");
  addEventListener("hashchange", now);
  now();
}
