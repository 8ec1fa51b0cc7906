import { h } from "../page/element.js";
import { icon } from "../page/icons.js";
import { say } from "./words.js";

const assets = [
  ["A-00412", "MacBook Air 13", "Laptop", "42MZ8HSGA5", "Noa Levi", "In use"],
  ["A-00377", "ThinkPad X1 Carbon", "Laptop", "PF5E5CSD", "Jonas Weber", "In use"],
  ["A-00598", "EliteBook 840", "Laptop", "5CG9Y6P16J", "—", "In stock"],
  ["A-00119", "OptiPlex 7010", "Desktop", "FSCZX2G", "Priya Shah", "In use"],
  ["A-00231", "iPhone 16", "Mobile", "BQH2KN8PCM", "Maya Cohen", "In use"],
  ["A-00604", "MacBook Pro 14", "Laptop", "—", "—", "In stock"],
  ["A-00087", "UltraSharp U2723", "Monitor", "—", "Avi Silva", "In use"],
  ["A-00455", "Latitude 5540", "Laptop", "VBS1RE6", "—", "Repair"],
];

export function dashboardPage() {
  const tiles = [
    ["Assets", "612", "+14 this month"],
    ["With a serial number", "548", "90%"],
    ["Assigned", "471", "77%"],
    ["Warranty ends soon", "23", "in the next 60 days"],
  ];
  const types = [
    ["Laptop", 344],
    ["Monitor", 121],
    ["Mobile", 78],
    ["Desktop", 52],
    ["Other", 17],
  ];
  const news = [
    "EliteBook 840 came back from Berlin",
    "Noa Levi received MacBook Air 13",
    "12 assets imported from a file",
    "Latitude 5540 went to repair",
  ];
  return [
    h(
      "div",
      { class: "tiles" },
      tiles.map(([label, figure, note]) =>
        h(
          "section",
          { class: "card tile" },
          h("h2", {}, say(label)),
          h("p", { class: "figure" }, figure),
          h("p", { class: "quiet" }, say(note)),
        ),
      ),
    ),
    h(
      "div",
      { class: "two" },
      h(
        "section",
        { class: "card" },
        h("h2", {}, say("Assets by type")),
        h(
          "ul",
          { class: "bars" },
          types.map(([label, count]) =>
            h(
              "li",
              {},
              h("span", {}, say(label)),
              h("meter", { min: "0", max: "344", value: String(count) }),
              h("span", { class: "count" }, String(count)),
            ),
          ),
        ),
      ),
      h(
        "section",
        { class: "card" },
        h("h2", {}, say("What is new")),
        h(
          "ul",
          { class: "news" },
          news.map((line) => h("li", {}, say(line))),
        ),
      ),
    ),
  ];
}

export function assetsPage() {
  const columns = ["Asset", "Type", "Serial number", "Assigned to", "Status"];
  const row = ([id, name, type, serial, person, status]) =>
    h(
      "tr",
      {},
      h("td", {}, h("strong", {}, name), h("small", {}, id)),
      h("td", {}, say(type)),
      h("td", {}, h("code", { dir: "ltr" }, serial)),
      h("td", {}, person),
      h("td", {}, h("span", { class: `chip ${status === "In use" ? "chip-good" : ""}` }, say(status))),
    );
  return [
    h(
      "div",
      { class: "bar" },
      h("p", { class: "lead" }, say("612 assets")),
      h(
        "span",
        { class: "bar-actions" },
        h("button", { type: "button", class: "button" }, say("Import")),
        h("button", { type: "button", class: "button button-primary" }, icon("plus", 16), say("Add asset")),
      ),
    ),
    h(
      "section",
      { class: "card card-table" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            columns.map((column) => h("th", { scope: "col" }, say(column))),
          ),
        ),
        h("tbody", {}, assets.map(row)),
      ),
    ),
  ];
}

export function supportPage() {
  const articles = [
    "Connect an MDM to Dots",
    "Import assets from a file",
    "Assign employees to assets",
    "Invite your team",
  ];
  const field = (label, control) => h("label", { class: "field" }, h("span", {}, say(label)), control);
  return h(
    "div",
    { class: "two" },
    h(
      "section",
      { class: "card" },
      h("h2", {}, say("Help articles")),
      h(
        "ul",
        { class: "news" },
        articles.map((title) => h("li", {}, h("a", { class: "link", href: "#/support" }, say(title)))),
      ),
    ),
    h(
      "section",
      { class: "card" },
      h("h2", {}, say("Write to us")),
      field("Subject", h("input", { type: "text" })),
      field("Message", h("textarea", { rows: "5" })),
      h("button", { type: "button", class: "button button-primary" }, say("Send")),
    ),
  );
}
