import { say, type Word } from "../ui/words.ts";
import type { Landmark } from "./landmarks.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** What a button of the panel does. */
export type Act = "back-to-dots" | "copy-message";

/** Of what the admin needs, what this page shows: it is there, it is not, or it does not say. */
export type Met = "met" | "unmet" | "unknown";

/** What the panel says and points at. */
export interface Advice {
  /** 4: every step is done. */
  step: 1 | 2 | 3 | 4;
  says: Word;
  /** Said more quietly under it. */
  adds?: Word;
  /** Said with weight: what cannot be undone. */
  warns?: Word;
  act?: { name: Word; does: Act };
  link?: { name: Word; path: string };
  /** An Admin account, and API access enabled for it. */
  needs?: { admin: Met; access: Met };
  /** A field for the key: there at once, or behind "I have a key already". */
  paste?: "open" | "offered";
  pointsAt: Landmark[];
}

/** Where the admin is, or that the key went over, or that it could not. */
export type Moment = Whereabouts | "sent" | "not-sent";

const advices: Record<Moment, Advice> = {
  "signed-out": {
    step: 1,
    says: "guideSignedOut",
    needs: { admin: "unknown", access: "unknown" },
    pointsAt: ["loginForm"],
  },
  "signed-out-users": {
    step: 1,
    says: "guideSignedOut",
    needs: { admin: "unknown", access: "unknown" },
    link: { name: "guideAdminLogin", path: "/login/admin" },
    pointsAt: [],
  },
  "user-portal": {
    step: 1,
    says: "guideUserPortal",
    needs: { admin: "unknown", access: "unknown" },
    link: { name: "guideToAdminPortal", path: "/#/home" },
    pointsAt: [],
  },
  console: {
    step: 1,
    says: "guideOpenMenu",
    adds: "guideMenuPlace",
    needs: { admin: "met", access: "unknown" },
    paste: "offered",
    pointsAt: ["accountMenu"],
  },
  "console-unknown": {
    step: 1,
    says: "guideMenuUnknown",
    adds: "guideMenuUnknownHint",
    needs: { admin: "met", access: "unknown" },
    paste: "offered",
    pointsAt: [],
  },
  "menu-open": {
    step: 1,
    says: "guideChooseKey",
    needs: { admin: "met", access: "unknown" },
    paste: "offered",
    pointsAt: ["myApiKey"],
  },
  "dialog-before": {
    step: 2,
    says: "guideChooseExpiry",
    warns: "guideReplaces",
    paste: "offered",
    pointsAt: ["expiryList", "generate"],
  },
  "dialog-unknown": {
    step: 2,
    says: "guideDialogUnknown",
    warns: "guideReplaces",
    paste: "open",
    pointsAt: [],
  },
  "no-permission": {
    step: 2,
    says: "guideNoPermission",
    adds: "guideWhoCanHelp",
    needs: { admin: "met", access: "unmet" },
    act: { name: "guideCopyMessage", does: "copy-message" },
    paste: "offered",
    pointsAt: [],
  },
  "dialog-key": { step: 3, says: "guideSendTitle", warns: "guideOnlyOnce", pointsAt: [] },
  "dialog-key-hidden": {
    step: 3,
    says: "guideCopyIt",
    warns: "guideOnlyOnce",
    paste: "open",
    pointsAt: ["copyKey"],
  },
  "not-sent": {
    step: 3,
    says: "guideNotSent",
    warns: "guideOnlyOnce",
    paste: "open",
    pointsAt: ["copyKey"],
  },
  sent: { step: 4, says: "guideDone", act: { name: "guideBackToDots", does: "back-to-dots" }, pointsAt: [] },
};

/** Takes where the admin is; gives what to say there. UX.md, "In JumpCloud". */
export function adviceFor(moment: Moment): Advice {
  return advices[moment];
}

/** What a screen reader is told when the advice changes. */
export function spoken({ says, adds, warns, act }: Advice): string {
  const parts = [says, adds, warns, act?.name].filter((word) => word !== undefined);
  return parts.map((word) => say(word).replace(/([^.!?…])$/, "$1.")).join(" ");
}
