import type { Landmark } from "./landmarks.ts";
import type { Whereabouts } from "./whereabouts.ts";
import { words } from "./words.ts";

/** What a button of the panel does. */
export type Act = "back-to-dots" | "copy-message";

/** What the panel says and points at. */
export interface Advice {
  /** 4: every step is done. */
  step: 1 | 2 | 3 | 4;
  says: string;
  /** Said more quietly under it. */
  adds?: string;
  /** Said with weight: what cannot be undone. */
  warns?: string;
  act?: { name: string; does: Act; weight: "first" | "second" };
  link?: { name: string; path: string };
  pointsAt: Landmark[];
}

/** Where the admin is, or that the key went over, or that it could not. */
export type Moment = Whereabouts | "sent" | "not-sent";

/** Takes where the admin is; gives what to say there. UX.md, "In JumpCloud". */
export function adviceFor(moment: Moment): Advice {
  const back = { name: words.backToDots(), does: "back-to-dots", weight: "first" } as const;
  switch (moment) {
    case "signed-out":
      return { step: 1, says: words.signedOut(), pointsAt: ["loginForm"] };
    case "user-portal":
      return {
        step: 1,
        says: words.userPortal(),
        link: { name: words.toAdminPortal(), path: "/#/home" },
        pointsAt: [],
      };
    case "console":
      return { step: 1, says: words.openMenu(), adds: words.menuPlace(), pointsAt: ["accountMenu"] };
    case "menu-open":
      return { step: 1, says: words.chooseKey(), pointsAt: ["myApiKey"] };
    case "dialog-before":
      return {
        step: 2,
        says: words.chooseExpiry(),
        warns: words.replaces(),
        act: { ...back, name: words.haveKey(), weight: "second" },
        pointsAt: ["expiryList", "generate"],
      };
    case "no-permission":
      return {
        step: 2,
        says: words.noPermission(),
        adds: words.whoCanHelp(),
        act: { name: words.copyMessage(), does: "copy-message", weight: "first" },
        pointsAt: [],
      };
    case "dialog-key":
      return { step: 3, says: words.sendTitle(), warns: words.onlyOnce(), pointsAt: [] };
    case "dialog-key-hidden":
      return { step: 3, says: words.copyIt(), warns: words.onlyOnce(), act: back, pointsAt: ["copyKey"] };
    case "not-sent":
      return { step: 3, says: words.notSent(), warns: words.onlyOnce(), act: back, pointsAt: ["copyKey"] };
    case "sent":
      return { step: 4, says: words.done(), act: back, pointsAt: [] };
  }
}

/** What a screen reader is told when the advice changes. */
export function spoken(advice: Advice): string {
  const said = [advice.says, advice.adds, advice.warns].filter((text) => text !== undefined).join(" ");
  return advice.act?.does === "back-to-dots" && advice.act.weight === "first"
    ? `${said.replace(/([^.])$/, "$1.")} ${advice.act.name}`
    : said;
}
