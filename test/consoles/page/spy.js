/**
 * The page as an adversary: it notes in `window.__pageSeen` all that it can see of what somebody else, such as
 * an extension, does in it. Security tests assert that no key is ever among it.
 */
const seen = window.__pageSeen;
const note = (kind, what) => seen.push({ kind, ...what });
const textOf = (value) => {
  try {
    return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    return String(value);
  }
};
const nameOf = (target) =>
  target instanceof Element ? `${target.localName}${target.id && `#${target.id}`}` : String(target);

for (const type of [
  "keydown",
  "keyup",
  "beforeinput",
  "input",
  "change",
  "copy",
  "cut",
  "paste",
  "focusin",
  "click",
]) {
  addEventListener(
    type,
    (event) => {
      const text = event.clipboardData?.getData("text") ?? String(getSelection() ?? "");
      const detail = { key: event.key, data: event.data, value: event.target?.value, text };
      note("event", {
        type,
        target: nameOf(event.target),
        trusted: event.isTrusted,
        path: event.composedPath().map(nameOf),
        ...detail,
      });
    },
    true,
  );
}
addEventListener("message", (event) => {
  note("message", { origin: event.origin, data: textOf(event.data), ports: event.ports.length });
});
addEventListener("storage", (event) => note("storage", { key: event.key, value: event.newValue }));

new MutationObserver((records) => {
  for (const record of records) {
    if (record.type !== "childList") {
      note("changed", {
        target: nameOf(record.target),
        name: record.attributeName,
        value: textOf(record.target.textContent).slice(0, 500),
      });
    }
    for (const node of record.addedNodes)
      note("added", { html: node.outerHTML ?? node.textContent, ...insideOf(node) });
  }
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

/** What the page can reach inside a node that was added: an open shadow root, a frame's document. */
function insideOf(node) {
  if (!(node instanceof Element)) return {};
  const inside = {};
  if (node.shadowRoot) inside.shadow = node.shadowRoot.innerHTML;
  if (node instanceof HTMLIFrameElement) {
    try {
      inside.frame = node.contentDocument?.documentElement.outerHTML ?? "closed";
    } catch (error) {
      inside.frame = String(error);
    }
  }
  return inside;
}

// What runs in the page's own world would go through these; an isolated world does not.
const { attachShadow } = Element.prototype;
Element.prototype.attachShadow = function (init) {
  const root = attachShadow.call(this, init);
  note("shadow", { host: nameOf(this), mode: init.mode });
  return root;
};
const { fetch } = window;
window.fetch = (...call) => {
  note("fetch", { url: String(call[0]), body: textOf(call[1]?.body) });
  return fetch(...call);
};
