import { cleanKey, type KeyShape, keyShape } from "../../shared/key-shape.ts";
import { button, element } from "../in-page/element.ts";
import { say, type Word } from "../ui/words.ts";

const hints: Record<KeyShape, Word> = {
  "api-key": "shapeApiKey",
  legacy: "shapeLegacy",
  "service-account": "shapeServiceAccount",
  unknown: "shapeUnknown",
};

export interface PasteField {
  form: HTMLFormElement;
  field: HTMLInputElement;
  /** An event in the field, which nobody else gets to see. */
  hear(event: Event): void;
  /** Empties it: the key is then nowhere on this page. */
  clear(): void;
}

/**
 * A field for a key that was copied. It hides what is in it as a password field does, without being one: the browser
 * would offer to save the key in place of the admin's password. `send` gets the key on a person's press.
 */
export function buildPasteField(send: (key: string) => void): PasteField {
  const field = element("input", {
    type: "text",
    id: "key",
    className: "hidden-text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: false,
    dir: "ltr",
  });
  field.setAttribute("aria-describedby", "hint");
  const show = button({ className: "second", textContent: say("show") }, () => {
    const isHidden = field.classList.toggle("hidden-text");
    show.textContent = say(isHidden ? "show" : "hide");
  });
  show.setAttribute("aria-controls", "key");
  const hint = element("p", { className: "hint", id: "hint", role: "status", textContent: say("shapeNone") });
  const form = element(
    "form",
    { className: "paste", noValidate: true },
    element("label", { htmlFor: "key", textContent: say("apiKey") }),
    element("div", { className: "row" }, field, show),
    hint,
    element("button", { type: "submit", textContent: say("sendToDots") }),
  );

  const judge = () => {
    const key = cleanKey(field.value);
    hint.textContent = say(key === "" ? "shapeNone" : hints[keyShape(key)]);
    hint.classList.remove("wrong");
    field.ariaInvalid = null;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = cleanKey(field.value);
    // What a header can carry; anything else about a key JumpCloud decides.
    if (event.isTrusted && /^[\x21-\x7e]{1,512}$/.test(key)) return send(key);
    hint.textContent = say(key === "" ? "keyMissing" : "keyOneWord");
    hint.classList.add("wrong");
    field.ariaInvalid = "true";
    field.focus();
  });

  return {
    form,
    field,
    hear(event) {
      if (event.type === "input") judge();
      const pasted =
        event.type === "paste" ? (event as ClipboardEvent).clipboardData?.getData("text/plain") : "";
      if (!pasted) return;
      // A field of one line would turn a line end within the key into a space.
      event.preventDefault();
      field.setRangeText(cleanKey(pasted), field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
      judge();
    },
    clear() {
      field.value = "";
      judge();
    },
  };
}
