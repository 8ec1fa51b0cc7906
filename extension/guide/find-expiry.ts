import { allIn, isVisible, rootsIn } from "./deep.ts";
import { expiryIn } from "./expiry-text.ts";

/** What shows the chosen one of a list that is not a native select. */
const chosen = [
  "[role=combobox]",
  "button[aria-haspopup=listbox]",
  "[role=radio][aria-checked=true]",
  "[role=option][aria-selected=true]",
  "[data-test-id^=Select__]",
].join(", ");

/** Takes the dialog before generating; gives the text of the expiry that is chosen there, a custom one too. */
export function findExpiry(dialog: Element, now: Date): string | undefined {
  const roots = rootsIn(dialog);
  const seen = <E extends Element>(selector: string) => allIn<E>(roots, selector).filter(isVisible);
  const texts = [
    ...seen<HTMLSelectElement>("select").map((select) => select.selectedOptions[0]?.text ?? ""),
    ...seen<HTMLInputElement>("input[type=radio]:checked").map(labelOf),
    ...seen(chosen).map((element) => ("value" in element ? String(element.value) : element.textContent)),
    ...seen<HTMLInputElement>("input[type=number]").map((field) => `${field.value} ${labelOf(field)}`),
    ...seen<HTMLInputElement>("input[type=date], input[type=text]").map(({ value }) => value),
  ];
  return texts.find((text) => expiryIn(text, now) !== undefined)?.trim();
}

/** Takes the dialog that shows the key; gives the line that says when it expires, where there is one. */
export function shownExpiry(dialog: Element, now: Date): string | undefined {
  return allIn(rootsIn(dialog), "*")
    .filter((it) => /^\W*(?:this (?:api )?key )?expir/i.test(it.textContent) && isVisible(it))
    .map((it) => it.textContent.trim())
    .find((text) => expiryIn(text, now) !== undefined);
}

/** What a field is labelled with, or what stands around it. */
function labelOf(field: HTMLInputElement): string {
  const [label] = field.labels ?? [];
  return `${(label ?? field.parentElement)?.textContent} ${field.getAttribute("aria-label") ?? ""}`;
}
