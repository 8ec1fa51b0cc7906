import { h, part } from "../page/element.js";
import { icon } from "../page/icons.js";

const mask = "•".repeat(32);

/** Shows a key in one of the ways the real dialog might; gives the element and how to forget the key. */
export function keyDisplay(apiKey, way) {
  const shown = ways[way](apiKey);
  const copy = part(
    "button",
    "ApiKeyModal__copy",
    {
      type: "button",
      class: "IconButton__button",
      "aria-label": "Copy",
      title: "Copy",
      onClick: () => copyText(apiKey, copy),
    },
    icon("copy", 18),
  );
  const element = part("div", "ApiKeyModal__key", {}, shown, copy);
  return { element, clear: () => element.replaceChildren() };
}

const ways = {
  input: (key) => input(key),
  textarea(key) {
    const area = part("textarea", "Input__input", { readonly: true, rows: "2", "aria-label": "API Key" });
    area.value = key;
    return area;
  },
  text: (key) => part("code", "ApiKeyModal__value", {}, key),
  /** As a design system that breaks long words would do it. */
  split: (key) =>
    part(
      "code",
      "ApiKeyModal__value",
      {},
      (key.match(/.{1,12}/g) ?? []).map((piece) => h("span", {}, piece)),
    ),
  /** Text and the button's name with nothing between them. */
  touching: (key) => part("div", "ApiKeyModal__value", {}, h("span", {}, key), h("span", {}, "Copy")),
  /** Not shown at all: the copy button carries it. */
  attribute: (key) =>
    h("button", { type: "button", class: "Button__button", "data-clipboard-text": key }, "Copy API key"),
  /** What stands in a password field is not for reading. */
  password(key) {
    const field = input(key);
    field.type = "password";
    return field;
  },
  "copy-only": () =>
    part("span", "ApiKeyModal__value", { class: "ApiKeyModal__hint" }, "Use the copy icon to copy your key."),
  shadow(key) {
    const host = h("jc-secret", { class: "ApiKeyModal__host" });
    const root = host.attachShadow({ mode: "open" });
    root.append(h("span", { part: "value" }, key));
    return host;
  },
  masked(key) {
    const field = input(mask);
    const eye = h(
      "button",
      { type: "button", class: "IconButton__button", "aria-label": "Show", "aria-pressed": "false" },
      icon("eye", 18),
    );
    eye.addEventListener("click", () => {
      const showing = eye.getAttribute("aria-pressed") === "true";
      field.value = showing ? mask : key;
      eye.setAttribute("aria-pressed", String(!showing));
      eye.setAttribute("aria-label", showing ? "Show" : "Hide");
    });
    return [field, eye];
  },
};

/** A React input has its value as a property only, never as an attribute. */
function input(value) {
  const field = part("input", "Input__input", {
    type: "text",
    readonly: true,
    "aria-label": "API Key",
    spellcheck: "false",
  });
  field.value = value;
  return field;
}

async function copyText(text, copy) {
  await navigator.clipboard?.writeText(text).catch(() => {});
  copy.replaceChildren(icon("check", 18));
  const toast = h("div", { class: "Toast__toast", role: "status" }, icon("check", 16), "Copied to clipboard");
  document.body.append(toast);
  setTimeout(() => {
    toast.remove();
    copy.replaceChildren(icon("copy", 18));
  }, 2000);
}
