import { ConsolePage } from "./console-page.ts";
import { type FoundKey, findKey } from "./find-key.ts";
import { landmarks, speaksOfKey } from "./landmarks.ts";

export type Whereabouts =
  | "signed-out"
  | "signed-out-users"
  | "user-portal"
  | "console"
  | "console-unknown"
  | "menu-open"
  | "dialog-before"
  | "dialog-unknown"
  | "no-permission"
  | "dialog-key"
  | "dialog-key-hidden";

/** What was seen on the page, before it is judged. */
export interface Sight {
  path: string;
  /** It has only just come, and may not be all there yet. */
  isFresh: boolean;
  loginForm: boolean;
  accountMenu: boolean;
  menuItem: boolean;
  dialog:
    | {
        noPermission: boolean;
        generate: boolean;
        expiryList: boolean;
        copy: boolean;
        key: FoundKey["kind"];
        /** It was open without a key before: what is there now was made in it. */
        wasWithoutKey: boolean;
      }
    | undefined;
}

/** Takes what was seen; says where the admin is. */
export function whereaboutsOf(sight: Sight): Whereabouts {
  if (isUserPortal(sight.path)) return "user-portal";
  if (/^\/login\/admin(?:\/|$)/.test(sight.path)) return "signed-out";
  if (/^\/login(?:\/|$)/.test(sight.path)) return "signed-out-users";
  const { dialog } = sight;
  if (dialog) return dialogState(dialog);
  if (sight.loginForm) return "signed-out";
  if (sight.menuItem) return "menu-open";
  return sight.accountMenu || sight.isFresh ? "console" : "console-unknown";
}

function dialogState(dialog: NonNullable<Sight["dialog"]>): Whereabouts {
  if (dialog.noPermission) return "no-permission";
  // With the button still there what looks like a key is the present one, unless it was not there before.
  if (dialog.generate && !(dialog.key === "sure" && dialog.wasWithoutKey)) return "dialog-before";
  if (dialog.key === "sure") return "dialog-key";
  if (dialog.key === "unsure" || dialog.copy) return "dialog-key-hidden";
  return dialog.expiryList ? "dialog-before" : "dialog-unknown";
}

/** The page as it is now: where the admin is, the dialog, and the key in it where it is sure. */
export interface View {
  where: Whereabouts;
  page: ConsolePage;
  dialog: Element | undefined;
  key: Extract<FoundKey, { kind: "sure" }> | undefined;
}

/** What the guide remembers from look to look. */
export interface Memory {
  /** When the admin came to this address, in milliseconds of `performance.now()`. */
  arrivedAt: number;
  /** Dialogs that were open without a key. */
  withoutKey: WeakSet<Element>;
}

/** How long a page may take until it is all there. */
const arrivalMs = 3000;

/**
 * Takes the page, its address and what is remembered (to which it adds). A key is given only where it is to be sent
 * from: never in the user portal, and not the present one.
 */
export function lookAt(top: Document, url: URL, { arrivedAt, withoutKey }: Memory): View {
  const page = new ConsolePage(top);
  const dialog = isUserPortal(url.pathname) ? undefined : landmarks.dialog(page);
  const key = dialog && findKey(dialog, speaksOfKey(dialog));
  if (dialog && key?.kind !== "sure") withoutKey.add(dialog);
  const where = whereaboutsOf({
    path: url.pathname,
    isFresh: performance.now() - arrivedAt < arrivalMs,
    loginForm: landmarks.loginForm(page) !== undefined,
    accountMenu: landmarks.accountMenu(page) !== undefined,
    menuItem: landmarks.myApiKey(page) !== undefined,
    dialog: dialog && {
      noPermission: landmarks.noPermission(page) !== undefined,
      generate: landmarks.generate(page) !== undefined,
      expiryList: landmarks.expiryList(page) !== undefined,
      copy: landmarks.copyKey(page) !== undefined,
      key: key?.kind ?? "none",
      wasWithoutKey: withoutKey.has(dialog),
    },
  });
  return { where, page, dialog, key: where === "dialog-key" && key?.kind === "sure" ? key : undefined };
}

function isUserPortal(path: string): boolean {
  return /^\/userconsole(?:\/|$)/.test(path);
}
