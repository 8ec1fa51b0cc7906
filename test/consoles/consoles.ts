import { document } from "./document.ts";
import { staticFile } from "./static-file.ts";

/** What a stand-in answers for a URL; fits Playwright's `route.fulfill` and Puppeteer's `request.respond`. */
export interface ConsoleResponse {
  status: number;
  contentType: string;
  headers: Record<string, string>;
  body: string;
}

interface PageOptions {
  lang?: string;
  dir?: "ltr" | "rtl";
}

export interface JumpCloudConsoleOptions extends PageOptions {
  /** Where the account menu is: two are known (FACTS.md, section 7); `moved` is after a redesign. */
  layout?: "top-right" | "bottom-left" | "moved";
  /** The key that "Generate New API Key" gives. */
  apiKey?: string;
  /** How the dialog shows the key; nobody has published its DOM (FACTS.md, section 8). */
  keyIn?:
    | "input"
    | "textarea"
    | "text"
    | "split"
    | "touching"
    | "attribute"
    | "copy-only"
    | "shadow"
    | "masked"
    | "password";
  /** What the dialog is built as. */
  dialog?: "modal" | "native" | "drawer" | "bare" | "shadow" | "slotted" | "frame" | "page";
  /** False: its title is no heading. */
  heading?: boolean;
  /** `variant` words the dialog differently, `other` in words nobody knows beforehand. */
  wording?: "current" | "variant" | "other";
  /** How the expiry is chosen; `custom` has a day of one's own in its list. */
  expiry?: "select" | "listbox" | "radios" | "custom";
  /** The button that generates stays beside the key. */
  keepsGenerate?: boolean;
  /** Another text that the dialog shows beside the key. */
  alsoShows?: string;
  /** The console goes to the login page until somebody signs in there. */
  signedOut?: boolean;
  /** API access is not switched on for this admin. */
  noPermission?: boolean;
  /** False: the admin has no key yet. */
  hasKey?: boolean;
  /** False: a guided tour covers the page (FACTS.md, section 8). */
  tourDone?: boolean;
}

export interface DotsConsoleOptions extends PageOptions {
  /** False leaves the JumpCloud card off the Integrations page. */
  withJumpCloudCard?: boolean;
}

export const demoApiKey = `jca_${"DemoAdministrator".padEnd(36, "7")}`;

/** JumpCloud's console: admin portal at `/`, user portal at `/userconsole`, login at `/login` and `/login/admin`. */
export function jumpcloudConsole(url: URL, options: JumpCloudConsoleOptions = {}): ConsoleResponse {
  const { apiKey = demoApiKey, lang = "en", dir = "ltr", ...shown } = options;
  if (url.pathname.startsWith("/static/")) return staticFile(url.pathname);
  // The page learns its key only when it asks for one, as the real one does.
  if (url.pathname === "/users/generateApiKey") return json({ apiKey });
  const page = { folder: "jumpcloud", lang, dir, options: shown } as const;
  if (url.pathname === "/") return document({ ...page, entry: "app.js", title: "JumpCloud Admin Portal" });
  if (/^\/login(\/admin)?\/?$/.test(url.pathname)) {
    return document({ ...page, entry: "login.js", title: "JumpCloud Login" });
  }
  if (/^\/userconsole\/?$/.test(url.pathname)) {
    return document({ ...page, entry: "user-portal.js", title: "JumpCloud User Portal" });
  }
  return notFound();
}

/** The Dots console: an IT asset management app with an Integrations page. */
export function dotsConsole(url: URL, options: DotsConsoleOptions = {}): ConsoleResponse {
  const { lang = "en", dir = lang === "he" ? "rtl" : "ltr", ...shown } = options;
  if (url.pathname.startsWith("/static/")) return staticFile(url.pathname);
  if (url.pathname !== "/") return notFound();
  return document({ folder: "dots", entry: "app.js", title: "Dots", lang, dir, options: { lang, ...shown } });
}

function json(value: unknown): ConsoleResponse {
  return {
    status: 200,
    contentType: "application/json",
    headers: { "cache-control": "no-store" },
    body: JSON.stringify(value),
  };
}

function notFound(): ConsoleResponse {
  return { status: 404, contentType: "text/plain", headers: {}, body: "Not found" };
}
