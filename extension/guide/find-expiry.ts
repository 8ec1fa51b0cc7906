import { expiryIn } from "./expiry-text.ts";

/** What shows the chosen one of a list that is not a native select. */
const chosen = [
  "[role=combobox]",
  "button[aria-haspopup=listbox]",
  "[role=radio][aria-checked=true]",
  "[role=option][aria-selected=true]",
  "[data-test-id^=Select__]",
].join(", ");

/** Takes the dialog before generating; gives the text of the expiry that is chosen there. */
export function findExpiry(dialog: Element, now: Date): string | undefined {
  const texts = [
    ...[...dialog.querySelectorAll("select")].map((select) => select.selectedOptions[0]?.text ?? ""),
    ...[...dialog.querySelectorAll<HTMLInputElement>("input[type=radio]:checked")].map(
      (radio) => radio.labels?.[0]?.textContent ?? "",
    ),
    ...[...dialog.querySelectorAll(chosen)].map((element) =>
      element instanceof HTMLInputElement ? element.value : (element.textContent ?? ""),
    ),
  ];
  return texts.find((text) => expiryIn(text, now) !== undefined)?.trim();
}
