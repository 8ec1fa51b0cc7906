import { h, onRoute } from "../page/element.js";
import { icon } from "../page/icons.js";
import { integrationsPage } from "./integrations.js";
import { assetsPage, dashboardPage, supportPage } from "./pages.js";
import { say } from "./words.js";

/** The Dots console. Every navigation renders the whole page anew: nothing of the last one stays. */
const root = document.getElementById("root");
const places = [
  ["/dashboard", "insight", "Dashboard", dashboardPage],
  ["/assets", "box", "Assets", assetsPage],
  ["/integrations", "plug", "Integrations", integrationsPage],
  ["/support", "lifebuoy", "Support", supportPage],
];

if (location.hash === "") history.replaceState(null, "", "#/dashboard");

onRoute((route) => {
  const [path, , title, page] = places.find(([start]) => route.startsWith(start)) ?? places[0];
  root.replaceChildren(
    h(
      "div",
      { class: "layout" },
      h(
        "nav",
        { class: "side", "aria-label": say("Main") },
        h(
          "a",
          { class: "brand", href: "#/dashboard" },
          h("img", { src: "/static/dots/logo.svg", alt: "", width: "30", height: "30" }),
          "Dots",
        ),
        h(
          "ul",
          {},
          places.map(([to, name, label]) =>
            h(
              "li",
              {},
              h(
                "a",
                { class: "side-link", href: `#${to}`, "aria-current": to === path && "page" },
                icon(name, 19),
                h("span", {}, say(label)),
              ),
            ),
          ),
        ),
        h(
          "div",
          { class: "workspace" },
          h("span", { class: "avatar" }, "AC"),
          h("span", {}, h("strong", {}, "Acme Ltd"), h("small", {}, say("IT team"))),
        ),
      ),
      h(
        "div",
        { class: "main" },
        h(
          "header",
          { class: "top" },
          h(
            "label",
            { class: "search" },
            icon("search", 16),
            h("input", {
              type: "search",
              placeholder: say("Search assets, people, serial numbers"),
              "aria-label": say("Search"),
            }),
          ),
          h(
            "span",
            { class: "top-actions" },
            h(
              "button",
              { type: "button", class: "icon-button", "aria-label": say("Notifications") },
              icon("bell", 20),
            ),
            h("span", { class: "avatar" }, "MK"),
          ),
        ),
        h(
          "main",
          { class: "content", id: "content" },
          h("h1", {}, say(title)),
          page(),
          h("p", { class: "note" }, say("A stand-in of the Dots console, for tests and the demo.")),
        ),
      ),
    ),
  );
});
