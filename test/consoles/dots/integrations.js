import { h, options } from "../page/element.js";
import { icon } from "../page/icons.js";
import { say } from "./words.js";

const kinds = ["All", "Identity", "Device management", "HR", "Finance"];
const integrations = [
  [
    "google",
    "Google Workspace",
    "Identity",
    "People, groups and Chromebooks from your Google directory.",
    "connected",
  ],
  ["okta", "Okta", "Identity", "People and their applications from Okta.", "open"],
  [
    "jumpcloud",
    "JumpCloud",
    "Device management",
    "Devices, serial numbers and hardware details from your MDM.",
    "extension",
  ],
  ["jamf", "Jamf Pro", "Device management", "Macs, iPhones and iPads that Jamf manages.", "open"],
  [
    "intune",
    "Microsoft Intune",
    "Device management",
    "Windows, macOS and mobile devices from Intune.",
    "connected",
  ],
  ["kandji", "Kandji", "Device management", "Apple devices with their blueprints and checks.", "open"],
  ["bamboo", "BambooHR", "HR", "Joiners and leavers, so that assets are handed over in time.", "open"],
  ["hibob", "HiBob", "HR", "People, sites and start dates from HiBob.", "open"],
  ["netsuite", "NetSuite", "Finance", "Purchase orders and depreciation of your assets.", "open"],
];

/** The grid of integrations, filtered by kind and name; typing renders the cards anew. */
export function integrationsPage() {
  const state = { kind: "All", text: "" };
  const grid = h("ul", { class: "cards" });
  const show = () => {
    const shown = integrations.filter(
      ([id, name, kind]) =>
        (id !== "jumpcloud" || options.withJumpCloudCard !== false) &&
        (state.kind === "All" || kind === state.kind) &&
        name.toLowerCase().includes(state.text.toLowerCase()),
    );
    grid.replaceChildren(...shown.map(card));
  };
  const tabs = kinds.map((kind) =>
    h(
      "button",
      {
        type: "button",
        class: "tab",
        "aria-pressed": String(kind === state.kind),
        onClick(event) {
          state.kind = kind;
          for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab === event.currentTarget));
          show();
        },
      },
      say(kind),
    ),
  );
  const find = h("input", {
    type: "search",
    placeholder: say("Find an integration"),
    "aria-label": say("Find an integration"),
  });
  find.addEventListener("input", () => {
    state.text = find.value;
    show();
  });
  show();
  return [
    h("p", { class: "lead" }, say("Bring your devices and people into Dots, and keep them up to date.")),
    h(
      "div",
      { class: "bar" },
      h("div", { class: "tabs" }, tabs),
      h("label", { class: "search search-small" }, icon("search", 16), find),
    ),
    grid,
  ];
}

function card([id, name, kind, text, state]) {
  return h(
    "li",
    { class: "card integration", "data-integration": id },
    h(
      "div",
      { class: "integration-head" },
      h("img", { src: logoOf(id), alt: "", width: "44", height: "44" }),
      h("div", {}, h("h3", {}, name), h("span", { class: "kind" }, say(kind))),
    ),
    h("p", {}, say(text)),
    h("div", { class: "integration-foot" }, footOf(state)),
  );
}

/** JumpCloud's has no button of the page's own: it is connected by the extension. */
function footOf(state) {
  if (state === "connected")
    return [
      h("span", { class: "chip chip-good" }, icon("check", 14), say("Connected")),
      h("button", { type: "button", class: "button" }, say("Manage")),
    ];
  if (state === "extension") return [];
  return [h("button", { type: "button", class: "button" }, say("Connect"))];
}

function logoOf(id) {
  return id === "jumpcloud" ? "/static/jumpcloud/logo.svg" : `/static/dots/logo-${id}.svg`;
}
