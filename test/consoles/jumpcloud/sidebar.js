import { h, options, part } from "../page/element.js";
import { icon } from "../page/icons.js";
import { bottomLeftMenu } from "./account-menu.js";

const sections = [
  ["", [["home", "Home", "#/home"]]],
  [
    "User Management",
    [
      ["users", "Users", "#/users"],
      ["group", "User Groups", "#/groups/user"],
    ],
  ],
  [
    "Device Management",
    [
      ["device", "Devices", "#/systems"],
      ["policy", "Policies", "#/policies"],
      ["command", "Commands", "#/commands"],
    ],
  ],
  [
    "Access",
    [
      ["app", "SSO Applications", "#/applications"],
      ["network", "RADIUS", "#/radius"],
    ],
  ],
  ["Insights", [["insight", "Directory Insights", "#/insights"]]],
  ["", [["settings", "Settings", "#/settings/administrators"]]],
];

/** The navigation on the left; in the newer layout the account's menu is at its foot. */
export function sidebar(route) {
  return part(
    "nav",
    "SideNav__sideNav",
    { "aria-label": "Main" },
    h(
      "a",
      { class: "SideNav__brand", href: "#/home" },
      h("img", { src: "/static/jumpcloud/logo.svg", alt: "", width: "28", height: "28" }),
      "jumpcloud",
    ),
    part(
      "div",
      "SideNav__sections",
      {},
      sections.map((section) => sectionOf(section, route)),
    ),
    options.layout === "bottom-left" ? bottomLeftMenu() : null,
  );
}

function sectionOf([title, links], route) {
  return h(
    "div",
    { class: "SideNav__section" },
    title && h("p", { class: "SideNav__heading" }, title),
    h(
      "ul",
      {},
      links.map(([name, label, href]) =>
        h(
          "li",
          {},
          part(
            "a",
            "SideNav__link",
            { href, "aria-current": `#${route}`.startsWith(href) && "page" },
            icon(name),
            h("span", {}, label),
          ),
        ),
      ),
    ),
  );
}
