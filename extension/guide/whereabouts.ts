import { type FoundKey, findKey } from "./find-key.ts";
import { landmarks } from "./landmarks.ts";

export type Whereabouts =
  | "signed-out"
  | "user-portal"
  | "console"
  | "menu-open"
  | "dialog-before"
  | "no-permission"
  | "dialog-key"
  | "dialog-key-hidden";

/** What was seen on the page, before it is judged. */
export interface Sight {
  path: string;
  loginForm: boolean;
  menuItem: boolean;
  dialog: { noPermission: boolean; generate: boolean; copy: boolean; key: FoundKey["kind"] } | undefined;
}

/** Takes what was seen; says where the admin is. */
export function whereaboutsOf(sight: Sight): Whereabouts {
  if (isUserPortal(sight.path)) return "user-portal";
  if (/^\/login(?:\/|$)/.test(sight.path)) return "signed-out";
  const { dialog } = sight;
  if (dialog?.noPermission) return "no-permission";
  // With the button still there what looks like a key is the present one.
  if (dialog?.generate) return "dialog-before";
  if (dialog?.key === "sure") return "dialog-key";
  if (dialog?.key === "unsure" || dialog?.copy) return "dialog-key-hidden";
  if (dialog) return "dialog-before";
  if (sight.loginForm) return "signed-out";
  return sight.menuItem ? "menu-open" : "console";
}

/** Takes the page and its address; says where the admin is. */
export function whereabouts(url: URL, page: Document): Whereabouts {
  return whereaboutsOf(look(url, page));
}

/** The key shown in the dialog; never one of the user portal, and never beside the button that makes a new one. */
export function optionalKey(url: URL, page: Document): { key: string; beside: Element } | undefined {
  if (whereabouts(url, page) !== "dialog-key") return undefined;
  const dialog = landmarks.dialog(page);
  const found = dialog && findKey(dialog);
  return found?.kind === "sure" ? found : undefined;
}

function look(url: URL, page: Document): Sight {
  const dialog = isUserPortal(url.pathname) ? undefined : landmarks.dialog(page);
  return {
    path: url.pathname,
    loginForm: landmarks.loginForm(page) !== undefined,
    menuItem: landmarks.myApiKey(page) !== undefined,
    dialog: dialog && {
      noPermission: landmarks.noPermission(page) !== undefined,
      generate: landmarks.generate(page) !== undefined,
      copy: landmarks.copyKey(page) !== undefined,
      key: findKey(dialog).kind,
    },
  };
}

function isUserPortal(path: string): boolean {
  return /^\/userconsole(?:\/|$)/.test(path);
}
