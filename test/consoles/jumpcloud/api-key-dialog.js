import { h, options, part } from "../page/element.js";
import { icon } from "../page/icons.js";
import { keyDisplay } from "./key-display.js";
import { button, openModal } from "./modal.js";

const words = {
  current: {
    title: "API Key",
    generate: "Generate New API Key",
    close: "Close",
    expiry: "API Key Expiration",
  },
  variant: { title: "My API Key", generate: "Generate new API key", close: "Done", expiry: "Expires in" },
}[options.wording ?? "current"];

const spans = [
  ["30", "30 days"],
  ["60", "60 days"],
  ["90", "90 days"],
  ["180", "180 days"],
  ["365", "365 days"],
  ["0", "No Expiration"],
];
/** FACTS.md, section 7. */
const noPermission =
  "You don't have permission to view or generate an API Key. Contact your Admin to have them enable this for you.";

/** What is behind "My API Key": the present key and a new one to generate; then the new one, once. */
export function openApiKeyDialog() {
  const modal = openModal("ApiKeyModal");
  if (options.noPermission) {
    modal.render({
      title: words.title,
      body: part(
        "p",
        "ApiKeyModal__noPermission",
        { class: "Notice__notice Notice--plain" },
        icon("warning", 18),
        h("span", {}, noPermission),
      ),
      footer: button("ApiKeyModal__close", words.close, modal.close, "primary"),
    });
    return;
  }
  const select = part(
    "select",
    "Select__select",
    { id: "api-key-expiration", name: "ttl" },
    spans.map(([days, label]) => h("option", { value: days, selected: days === "90" }, label)),
  );
  const generate = button(
    "ApiKeyModal__generate",
    words.generate,
    async () => {
      generate.disabled = true;
      generate.textContent = "Generating…";
      const response = await fetch("/users/generateApiKey", {
        method: "POST",
        body: JSON.stringify({ ttl: Number(select.value) }),
      });
      const { apiKey } = await response.json();
      showKey(modal, apiKey, Number(select.value));
    },
    "primary",
  );
  modal.render({
    title: words.title,
    body: [
      h(
        "p",
        {},
        "Use your API key to authenticate requests to the JumpCloud API. It has the same permissions as your admin role.",
      ),
      options.hasKey === false
        ? h("p", { class: "ApiKeyModal__none" }, "You have no API key yet.")
        : presentKey(),
      h("label", { class: "Field__label", for: "api-key-expiration" }, words.expiry),
      select,
      options.hasKey === false ? null : replacesNotice(),
    ],
    footer: [button("ApiKeyModal__cancel", "Cancel", modal.close), generate],
  });
}

function showKey(modal, apiKey, days) {
  const { element, clear } = keyDisplay(apiKey, options.keyIn ?? "input");
  const done = () => {
    clear();
    modal.close();
  };
  modal.render({
    title: words.title,
    body: [
      h(
        "p",
        { class: "Notice__notice Notice--success" },
        icon("check", 18),
        h("span", {}, "Your new API key was generated. Copy it now: you won’t be able to see it again."),
      ),
      h("span", { class: "Field__label" }, "API Key"),
      element,
      h("p", { class: "ApiKeyModal__expires" }, days === 0 ? "Expires: never" : `Expires: ${dateIn(days)}`),
    ],
    footer: button("ApiKeyModal__close", words.close, done, "primary"),
  });
}

function presentKey() {
  const row = (term, value) => [h("dt", {}, term), h("dd", {}, value)];
  return part(
    "dl",
    "ApiKeyModal__present",
    {},
    row("Current key", h("code", {}, "jca_4f1c••••••••")),
    row("Created", dateIn(-58)),
    row("Expires", dateIn(32)),
  );
}

function replacesNotice() {
  const text = "Generating a new API key revokes access to the current API key at once.";
  return h("p", { class: "Notice__notice Notice--warning" }, icon("warning", 18), h("span", {}, text));
}

function dateIn(days) {
  const date = new Date(Date.now() + days * 86_400_000);
  return date.toLocaleDateString("en-US", { year: "numeric", month: "short", day: "numeric" });
}
