import { h, part } from "../page/element.js";
import { bars, card, chip, headerIcons, table, tableOf, tile, toolbar } from "./blocks.js";
import { button, openModal } from "./modal.js";
import { administrators, decoys, devices, users } from "./sample-data.js";

/** What a route shows: its title, what stands at the right of the header, and the content. */
export function pageOf(route) {
  if (route.startsWith("/systems")) return systemsPage(route === "/systems/new");
  if (/^\/users\/[^/]+/.test(route)) return userPage(route.split("/")[2]);
  if (route.startsWith("/users")) return usersPage();
  if (route.startsWith("/settings")) return administratorsPage();
  if (route.startsWith("/commands")) return commandsPage();
  if (route.startsWith("/home") || route === "/") return homePage();
  return {
    title: "Overview",
    actions: headerIcons(),
    content: card(h("p", { class: "Empty__empty" }, "Nothing to show here yet.")),
  };
}

function homePage() {
  const tiles = [
    ["device", "Devices", "1,204", "1,131 active"],
    ["users", "Users", "388", "6 suspended"],
    ["policy", "Policies applied", "97%", "34 devices to check"],
    ["app", "SSO applications", "27", "All healthy"],
  ];
  return {
    title: "Home",
    actions: headerIcons(),
    content: [
      h(
        "div",
        { class: "Tiles__grid" },
        tiles.map(([name, label, figure, note]) => tile(name, label, figure, note)),
      ),
      h(
        "div",
        { class: "Columns__two" },
        card(
          h("h2", { class: "Card__title" }, "Devices by operating system"),
          bars([
            ["macOS", 561],
            ["Windows", 452],
            ["Linux", 96],
            ["iOS and iPadOS", 71],
            ["Android", 24],
          ]),
        ),
        card(
          h("h2", { class: "Card__title" }, "Recent activity"),
          h(
            "ul",
            { class: "Activity__list" },
            [
              "MAC-K5R2JJ checked in",
              "Policy “Disk encryption” applied to 12 devices",
              "Jonas Weber signed in to Slack",
              "LAPTOP-REH7N3 has been inactive for 3 days",
            ].map((line) => h("li", {}, line)),
          ),
        ),
      ),
      card(
        h("h2", { class: "Card__title" }, "Last seen devices"),
        table(
          ["Device", "Operating system", "Status", "Last contact"],
          devices
            .slice(0, 4)
            .map(([name, os, , , state, seen]) => [h("strong", {}, name), os, chip(state), seen]),
        ),
      ),
    ],
  };
}

function systemsPage(adding) {
  const add = button(
    "SystemsPage__add",
    "Add Device",
    () => {
      location.hash = "#/systems/new";
    },
    "primary",
  );
  if (adding) queueMicrotask(openConnectKey);
  const rows = devices.map(([name, os, serial, user, state, seen]) => [
    h("strong", {}, name),
    os,
    h("code", {}, serial),
    user,
    chip(state),
    seen,
  ]);
  return {
    title: "Devices",
    actions: [add, headerIcons()],
    content: card(
      toolbar("Search devices"),
      table(["Device", "Operating system", "Serial number", "Primary user", "Status", "Last contact"], rows),
    ),
  };
}

/** A dialog with a secret of another kind in it: 40 characters, and not an API key. */
function openConnectKey() {
  const modal = openModal("ConnectKeyModal");
  const field = part("input", "Input__input", { readonly: true, "aria-label": "Connect Key" });
  field.value = decoys.connectKey;
  modal.render({
    title: "New Device",
    body: [
      h("p", {}, "Install the agent and use this Connect Key to enroll devices."),
      h("span", { class: "Field__label" }, "Connect Key"),
      h("div", { class: "ApiKeyModal__key" }, field),
    ],
    footer: button("ConnectKeyModal__close", "Close", modal.close, "primary"),
  });
}

function usersPage() {
  const rows = users.map(([id, name, email, department]) => [
    h("a", { class: "Link__link", href: `#/users/${id}/details` }, name),
    email,
    department,
    chip("Active"),
  ]);
  return {
    title: "Users",
    actions: headerIcons(),
    content: card(toolbar("Search users"), table(["Name", "Email", "Department", "Status"], rows)),
  };
}

function userPage(id) {
  const [, name = "User", email = ""] = users.find(([known]) => known === id) ?? [];
  const field = (label, type, value) => {
    const box = part("input", "Input__input", { type, "aria-label": label, autocomplete: "off" });
    box.value = value;
    return h("div", { class: "Field__field" }, h("span", { class: "Field__label" }, label), box);
  };
  return {
    title: name,
    actions: headerIcons(),
    content: card(
      h(
        "div",
        { class: "Columns__two" },
        field("Email", "email", email),
        field("External ID", "text", decoys.externalId),
        field("Password", "password", decoys.password),
        field("Confirm password", "password", decoys.password),
      ),
    ),
  };
}

function administratorsPage() {
  const rows = administrators.map(([name, email, role, enabled]) =>
    part(
      "tr",
      "AdministratorRow__itemRow",
      {},
      h("td", {}, h("strong", {}, name)),
      h("td", { class: "AdministratorRow__col2" }, email),
      h("td", {}, role),
      h("td", {}, chip(enabled ? "Enabled" : "Off")),
    ),
  );
  return {
    title: "Settings",
    actions: headerIcons(),
    content: card(
      h("h2", { class: "Card__title" }, "Administrators"),
      part("div", "AdministratorsList__itemList", {}, tableOf(["Name", "Email", "Role", "API access"], rows)),
    ),
  };
}

function commandsPage() {
  const script = `curl -s -H "x-api-key: ${decoys.keyInScript}" \\\n  https://console.jumpcloud.com/api/systems`;
  return {
    title: "Commands",
    actions: headerIcons(),
    content: card(
      h("h2", { class: "Card__title" }, "Nightly inventory"),
      h("pre", { class: "Code__block" }, script),
    ),
  };
}
