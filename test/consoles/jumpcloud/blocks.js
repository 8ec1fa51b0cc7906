import { h, part } from "../page/element.js";
import { icon } from "../page/icons.js";

export function headerIcons() {
  const one = (name, label) =>
    h("button", { type: "button", class: "IconButton__button", "aria-label": label }, icon(name, 20));
  return [one("search", "Search"), one("bell", "Alerts"), one("help", "Help")];
}

export function tile(name, label, figure, note) {
  return part(
    "div",
    "Tile__tile",
    {},
    h("span", { class: "Tile__icon" }, icon(name, 20)),
    h("span", { class: "Tile__label" }, label),
    h("span", { class: "Tile__figure" }, figure),
    h("span", { class: "Tile__note" }, note),
  );
}

export function bars(rows) {
  const most = Math.max(...rows.map(([, count]) => count));
  return h(
    "ul",
    { class: "Bars__list" },
    rows.map(([label, count]) =>
      h(
        "li",
        {},
        h("span", {}, label),
        h("meter", { min: "0", max: String(most), value: String(count) }),
        h("span", { class: "Bars__count" }, String(count)),
      ),
    ),
  );
}

export function card(...content) {
  return part("section", "Card__card", {}, ...content);
}

export function toolbar(placeholder) {
  return part(
    "div",
    "ItemTableActionBar__bar",
    {},
    h(
      "label",
      { class: "InputSearch__search" },
      icon("search", 16),
      part("input", "InputSearch__input", { type: "search", placeholder, "aria-label": placeholder }),
    ),
    h("button", { type: "button", class: "Button__button Button--secondary" }, icon("filter", 16), "Filter"),
  );
}

export function table(columns, rows) {
  return tableOf(
    columns,
    rows.map((cells) =>
      h(
        "tr",
        {},
        cells.map((cell) => h("td", {}, cell)),
      ),
    ),
  );
}

export function tableOf(columns, rows) {
  return part(
    "table",
    "ItemTable__table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map((column) => h("th", { scope: "col" }, column)),
      ),
    ),
    h("tbody", {}, rows),
  );
}

export function chip(state) {
  return h(
    "span",
    { class: `Chip__chip Chip--${["Active", "Enabled"].includes(state) ? "good" : "quiet"}` },
    state,
  );
}
