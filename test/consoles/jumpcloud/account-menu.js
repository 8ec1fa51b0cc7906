import { h, part } from "../page/element.js";
import { icon } from "../page/icons.js";
import { openApiKeyDialog } from "./api-key-dialog.js";

const admin = { name: "Dana Admin", initials: "DA", email: "dana.admin@example.com" };
let close = () => {};

/** Puts an open account menu away, as every navigation does. */
export function closeAccountMenu() {
  close();
}

/** The older layout: initials at the top right, opened by a click. */
export function topRightMenu() {
  const trigger = part(
    "button",
    "AccountMenu__trigger",
    {
      type: "button",
      class: "AccountMenu__initials",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "Account",
    },
    admin.initials,
  );
  const holder = part("div", "AccountMenu__accountMenu", { class: "AccountMenu--topRight" }, trigger);
  trigger.addEventListener("click", () => toggle(holder, trigger));
  return holder;
}

/** The newer layout: the admin's name at the bottom left, opened by hovering or a click. */
export function bottomLeftMenu() {
  const trigger = part(
    "button",
    "UserMenu__trigger",
    { type: "button", "aria-haspopup": "menu", "aria-expanded": "false" },
    h("span", { class: "AccountMenu__initials" }, admin.initials),
    h("span", { class: "UserMenu__name" }, admin.name),
    icon("chevron", 16),
  );
  const holder = part("div", "UserMenu__userMenu", { class: "AccountMenu--bottomLeft" }, trigger);
  holder.addEventListener("mouseenter", () => isOpen(trigger) || toggle(holder, trigger));
  holder.addEventListener("mouseleave", () => close());
  trigger.addEventListener("click", () => isOpen(trigger) || toggle(holder, trigger));
  return holder;
}

/** After a redesign: in the middle of the page, under another name. */
export function movedMenu() {
  const trigger = part(
    "button",
    "Preferences__open",
    { type: "button", class: "Button__button" },
    "Preferences",
  );
  const holder = h("div", { class: "AccountMenu--topRight" }, trigger);
  trigger.addEventListener("click", () => toggle(holder, trigger));
  return holder;
}

function isOpen(trigger) {
  return trigger.getAttribute("aria-expanded") === "true";
}

function toggle(holder, trigger) {
  const wasOpen = isOpen(trigger);
  close();
  if (wasOpen) return;
  const menu = menuOf();
  const leave = (event) => {
    if (event.type === "keydown" ? event.key === "Escape" : !holder.contains(event.target)) close();
  };
  holder.append(menu);
  trigger.setAttribute("aria-expanded", "true");
  document.addEventListener("mousedown", leave);
  document.addEventListener("keydown", leave);
  close = () => {
    menu.remove();
    trigger.setAttribute("aria-expanded", "false");
    document.removeEventListener("mousedown", leave);
    document.removeEventListener("keydown", leave);
    close = () => {};
  };
}

function menuOf() {
  return part(
    "div",
    "AccountMenu__menu",
    { role: "menu" },
    h(
      "div",
      { class: "AccountMenu__who" },
      h("strong", {}, admin.name),
      h("span", {}, admin.email),
      h("span", {}, "Acme Ltd"),
    ),
    item("key", "My API Key", openApiKeyDialog),
    item("users", "Administrators", () => {
      location.hash = "#/settings/administrators";
    }),
    item("help", "Support", () => {}),
    item("external", "Switch to User Portal", () => location.assign("/userconsole#/")),
    item("logout", "Log Out", () => {
      sessionStorage.clear();
      location.assign("/login/admin");
    }),
  );
}

function item(name, label, act) {
  const onClick = () => {
    close();
    act();
  };
  return part(
    "button",
    "AccountMenu__item",
    { type: "button", role: "menuitem", onClick },
    icon(name, 16),
    h("span", {}, label),
  );
}
