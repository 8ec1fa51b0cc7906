import type { Landmark } from "./landmarks.ts";

/** The states of the stand-in console (`test/consoles`) a landmark is held to. */
export type ConsolePage =
  | "login"
  | "user-portal"
  | "home-top-right"
  | "home-bottom-left"
  | "home-moved"
  | "administrators"
  | "menu-top-right"
  | "menu-bottom-left"
  | "dialog-before"
  | "dialog-before-variant"
  | "dialog-before-other"
  | "dialog-before-page"
  | "dialog-before-frame"
  | "dialog-no-permission"
  | "dialog-key"
  | "dialog-key-masked"
  | "dialog-key-copy-only"
  | "dialog-key-shadow"
  | "dialog-key-drawer"
  | "dialog-connect-key";

const signedOutOrUsers: ConsolePage[] = ["login", "user-portal"];
const homes: ConsolePage[] = ["home-top-right", "home-bottom-left", "home-moved", "administrators"];
const menus: ConsolePage[] = ["menu-top-right", "menu-bottom-left"];
const before: ConsolePage[] = [
  "dialog-before",
  "dialog-before-variant",
  "dialog-before-page",
  "dialog-before-frame",
];
const withKey: ConsolePage[] = [
  "dialog-key",
  "dialog-key-masked",
  "dialog-key-copy-only",
  "dialog-key-shadow",
  "dialog-key-drawer",
];
/** A dialog of another kind, and one in words nobody knows that shows no key yet. */
const otherDialogs: ConsolePage[] = ["dialog-connect-key", "dialog-before-other"];

/** Where each landmark must be found and where it must not be. */
export const landmarkPages: Record<Landmark, { on: ConsolePage[]; notOn: ConsolePage[] }> = {
  loginForm: {
    on: ["login"],
    notOn: ["user-portal", ...homes, ...menus, ...before, ...withKey, ...otherDialogs],
  },
  accountMenu: {
    on: ["home-top-right", "home-bottom-left", "administrators", ...menus],
    notOn: [...signedOutOrUsers, "home-moved"],
  },
  myApiKey: { on: menus, notOn: [...signedOutOrUsers, ...homes] },
  dialog: {
    on: [...before, "dialog-no-permission", ...withKey],
    notOn: [...signedOutOrUsers, ...homes, ...menus, ...otherDialogs],
  },
  expiryList: { on: before, notOn: [...homes, "dialog-no-permission", ...withKey, ...otherDialogs] },
  generate: { on: before, notOn: [...homes, ...menus, "dialog-no-permission", ...withKey, ...otherDialogs] },
  noPermission: { on: ["dialog-no-permission"], notOn: [...homes, ...before, ...withKey, ...otherDialogs] },
  copyKey: { on: withKey, notOn: [...homes, ...menus, ...before, "dialog-no-permission", ...otherDialogs] },
};
