import { h, options, part } from "../page/element.js";
import { icon } from "../page/icons.js";
import { expiryField } from "./expiry-field.js";
import { keyDisplay } from "./key-display.js";
import { button, openModal } from "./modal.js";

const words = {
  current: {
    title: "API Key",
    generate: "Generate New API Key",
    close: "Close",
    expiry: "API Key Expiration",
  },
  /** In words nobody knows beforehand. */
  other: {
    title: "Programmatic access",
    generate: "Issue credential",
    close: "Finish",
    expiry: "Valid for",
    label: "Credential",
    said: "Keep it in a safe place.",
  },
  variant: { title: "My API Key", generate: "Generate new API key", close: "Done", expiry: "Expires in" },
}[options.wording ?? "current"];

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
  const { field, chosen } = expiryField(words.expiry);
  const generate = button(
    "ApiKeyModal__generate",
    words.generate,
    async () => {
      generate.disabled = true;
      generate.textContent = "Generating…";
      const response = await fetch("/users/generateApiKey", {
        method: "POST",
        body: JSON.stringify({ ttl: chosen() }),
      });
      const { apiKey } = await response.json();
      showKey(modal, apiKey, chosen());
    },
    "primary",
  );
  modal.render({
    title: words.title,
    body: [
      h("p", {}, "Authenticates requests to the JumpCloud API with the permissions of your admin role."),
      options.hasKey === false
        ? h("p", { class: "ApiKeyModal__none" }, "You have no API key yet.")
        : presentKey(),
      field,
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
        h("span", {}, words.said ?? "Your new API key was generated. Copy it now: it is not shown again."),
      ),
      h("span", { class: "Field__label" }, words.label ?? "API Key"),
      element,
      options.alsoShows ? h("p", {}, "Replaced: ", h("code", {}, options.alsoShows)) : null,
      h("p", { class: "ApiKeyModal__expires" }, days === 0 ? "Expires: never" : `Expires: ${dateIn(days)}`),
    ],
    footer: [
      options.keepsGenerate ? button("ApiKeyModal__again", words.generate, () => {}) : null,
      button("ApiKeyModal__close", words.close, done, "primary"),
    ],
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
