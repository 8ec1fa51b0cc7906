import { h, options, part } from "../page/element.js";

const spans = [
  ["30", "30 days"],
  ["60", "60 days"],
  ["90", "90 days"],
  ["180", "180 days"],
  ["365", "365 days"],
  ["0", "No Expiration"],
];
const id = "api-key-expiration";

/** Where the expiry is chosen, in one of the ways there are; gives the field and the days that are chosen. */
export function expiryField(label) {
  return fields[options.expiry ?? "select"](label);
}

const fields = {
  select(label) {
    const select = selectOf(spans);
    return { field: [labelOf(label), select], chosen: () => Number(select.value) };
  },
  /** A list that is no native one: a button with the chosen text, and options that open under it. */
  listbox(label) {
    let days = "90";
    const trigger = part(
      "button",
      "Select__select",
      { type: "button", id, "aria-haspopup": "listbox", "aria-expanded": "false" },
      "90 days",
    );
    const list = h("div", { role: "listbox", class: "Listbox__list", hidden: true });
    for (const [value, text] of spans) {
      const choose = () => {
        days = value;
        trigger.textContent = text;
        list.hidden = true;
      };
      list.append(h("button", { type: "button", role: "option", onClick: choose }, text));
    }
    trigger.addEventListener("click", () => {
      list.hidden = !list.hidden;
    });
    return { field: [labelOf(label), trigger, list], chosen: () => Number(days) };
  },
  radios(label) {
    const radio = ([value, text]) =>
      h("label", {}, h("input", { type: "radio", name: id, value, checked: value === "90" }), ` ${text}`);
    const group = h("fieldset", {}, h("legend", {}, label), spans.map(radio));
    return { field: group, chosen: () => Number(group.querySelector(":checked").value) };
  },
  /** The list and, for "Custom", a day to choose. */
  custom(label) {
    const select = selectOf([...spans, ["custom", "Custom"]]);
    const day = h("input", { type: "date", class: "Input__input", "aria-label": "Day", hidden: true });
    select.addEventListener("change", () => {
      day.hidden = select.value !== "custom";
    });
    const days = () => Math.ceil((Date.parse(day.value) - Date.now()) / 86_400_000);
    return {
      field: [labelOf(label), select, day],
      chosen: () => (select.value === "custom" ? days() : Number(select.value)),
    };
  },
};

function labelOf(label) {
  return h("label", { class: "Field__label", for: id }, label);
}

function selectOf(choices) {
  return part(
    "select",
    "Select__select",
    { id, name: "ttl" },
    choices.map(([days, label]) => h("option", { value: days, selected: days === "90" }, label)),
  );
}
