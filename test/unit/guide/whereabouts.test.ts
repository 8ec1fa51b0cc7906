import { describe, expect, test } from "vitest";
import { type Sight, whereaboutsOf } from "../../../extension/guide/whereabouts.ts";

const dialog = {
  noPermission: false,
  generate: false,
  expiryList: false,
  copy: false,
  key: "none",
  wasWithoutKey: true,
} as const;
const sight = (fields: Partial<Sight>): Sight => ({
  path: "/",
  isFresh: false,
  loginForm: false,
  accountMenu: true,
  menuItem: false,
  dialog: undefined,
  ...fields,
});

describe("where the admin is", () => {
  test.each([
    ["console", sight({})],
    ["menu-open", sight({ menuItem: true })],
    ["console-unknown", sight({ accountMenu: false })],
    ["console", sight({ accountMenu: false, isFresh: true })],
    ["signed-out-users", sight({ path: "/login" })],
    ["signed-out", sight({ path: "/login/admin" })],
    ["signed-out", sight({ loginForm: true })],
    ["user-portal", sight({ path: "/userconsole" })],
    ["dialog-before", sight({ dialog: { ...dialog, generate: true } })],
    ["dialog-before", sight({ dialog: { ...dialog, expiryList: true } })],
    ["dialog-unknown", sight({ dialog })],
    ["no-permission", sight({ dialog: { ...dialog, noPermission: true } })],
    ["dialog-key", sight({ dialog: { ...dialog, key: "sure", copy: true } })],
    ["dialog-key-hidden", sight({ dialog: { ...dialog, copy: true } })],
    ["dialog-key-hidden", sight({ dialog: { ...dialog, key: "unsure" } })],
  ] as const)("%s", (expected, seen) => {
    expect(whereaboutsOf(seen)).toBe(expected);
  });

  test("a key in the user portal is not looked at", () => {
    expect(whereaboutsOf(sight({ path: "/userconsole/", dialog: { ...dialog, key: "sure" } }))).toBe(
      "user-portal",
    );
  });

  test("a key beside the button that makes a new one is the present key", () => {
    const seen = { ...dialog, generate: true, key: "sure", wasWithoutKey: false } as const;
    expect(whereaboutsOf(sight({ dialog: seen }))).toBe("dialog-before");
  });

  test("a key that came into an open dialog is the new one, even beside that button", () => {
    const seen = { ...dialog, generate: true, key: "sure", wasWithoutKey: true } as const;
    expect(whereaboutsOf(sight({ dialog: seen }))).toBe("dialog-key");
  });

  test("a dialog counts more than the menu it was opened from", () => {
    expect(whereaboutsOf(sight({ menuItem: true, dialog: { ...dialog, key: "sure" } }))).toBe("dialog-key");
  });
});
