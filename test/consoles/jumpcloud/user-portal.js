import { h, onRoute, part } from "../page/element.js";
import { icon } from "../page/icons.js";

const applications = ["Slack", "Figma", "GitHub", "Zoom", "Notion", "Salesforce", "AWS", "Miro"];
const root = document.getElementById("root");

/** The user portal: same host, another audience; no API key is to be had here. */
onRoute((route) => {
  root.replaceChildren(
    part(
      "div",
      "UserPortal__layout",
      {},
      h(
        "header",
        { class: "UserPortal__header" },
        h("img", { src: "/static/jumpcloud/logo.svg", alt: "", width: "28", height: "28" }),
        h("strong", {}, "User Portal"),
        h(
          "nav",
          { "aria-label": "Main" },
          h("a", { href: "#/" }, "Applications"),
          h("a", { href: "#/security" }, "Security"),
        ),
        h("span", { class: "AccountMenu__initials" }, "DA"),
      ),
      h("main", { class: "UserPortal__main" }, route === "/security" ? security() : grid()),
    ),
  );
});

function grid() {
  return [
    h("h1", {}, "Applications"),
    h(
      "div",
      { class: "Applications__grid layout__cardColumnFull" },
      applications.map((name) =>
        h(
          "a",
          { class: "Applications__app", href: "#/" },
          h("span", { class: "Applications__mark", "aria-hidden": "true" }, name[0]),
          name,
        ),
      ),
    ),
  ];
}

function security() {
  return [
    h("h1", {}, "Security"),
    h(
      "section",
      { class: "Card__card" },
      h("h2", { class: "Card__title" }, icon("key", 18), "Password"),
      h(
        "label",
        { class: "Field__field" },
        h("span", { class: "Field__label" }, "Current password"),
        part("input", "Input__input", { type: "password", autocomplete: "current-password" }),
      ),
    ),
  ];
}
