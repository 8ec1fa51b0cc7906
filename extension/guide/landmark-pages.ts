import type { Landmark } from "./landmarks.ts";

/** The states of the stand-in console (`test/consoles`) a landmark is held to. */
export type ConsolePage =
  | "login"
  | "user-portal"
  | "home-top-right"
  | "home-bottom-left"
  | "administrators"
  | "menu-top-right"
  | "menu-bottom-left"
  | "dialog-before"
  | "dialog-before-variant"
  | "dialog-no-permission"
  | "dialog-key"
  | "dialog-key-masked"
  | "dialog-key-copy-only";

/** Where each landmark must be found and where it must not be. */
export const landmarkPages: Record<Landmark, { on: ConsolePage[]; notOn: ConsolePage[] }> = {
  loginForm: {
    on: ["login"],
    notOn: ["user-portal", "home-top-right", "administrators", "dialog-before", "dialog-key"],
  },
  accountMenu: {
    on: ["home-top-right", "home-bottom-left", "administrators", "menu-top-right", "menu-bottom-left"],
    notOn: ["login", "user-portal"],
  },
  myApiKey: {
    on: ["menu-top-right", "menu-bottom-left"],
    notOn: ["login", "user-portal", "home-top-right", "home-bottom-left", "administrators"],
  },
  dialog: {
    on: [
      "dialog-before",
      "dialog-before-variant",
      "dialog-no-permission",
      "dialog-key",
      "dialog-key-masked",
      "dialog-key-copy-only",
    ],
    notOn: ["login", "user-portal", "home-top-right", "home-bottom-left", "administrators", "menu-top-right"],
  },
  expiryList: {
    on: ["dialog-before", "dialog-before-variant"],
    notOn: ["home-top-right", "administrators", "dialog-no-permission", "dialog-key"],
  },
  generate: {
    on: ["dialog-before", "dialog-before-variant"],
    notOn: ["home-top-right", "menu-top-right", "dialog-no-permission", "dialog-key", "dialog-key-masked"],
  },
  noPermission: {
    on: ["dialog-no-permission"],
    notOn: ["home-top-right", "dialog-before", "dialog-before-variant", "dialog-key"],
  },
  copyKey: {
    on: ["dialog-key", "dialog-key-masked", "dialog-key-copy-only"],
    notOn: ["home-top-right", "menu-top-right", "dialog-before", "dialog-no-permission"],
  },
};
