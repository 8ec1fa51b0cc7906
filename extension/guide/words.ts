import { phrase } from "../in-page/phrase.ts";

/** Every text the extension shows inside JumpCloud's console. */
export const words = {
  guide: () => phrase("guideName", "Dots guide"),
  close: () => phrase("guideClose", "Close guide"),
  steps: () => phrase("guideSteps", "Steps"),
  stepMenu: () => phrase("guideStepMenu", "My API Key"),
  stepGenerate: () => phrase("guideStepGenerate", "Generate"),
  stepSend: () => phrase("guideStepSend", "Send"),

  signedOut: () => phrase("guideSignedOut", "Sign in as an admin."),
  adminLogin: () => phrase("guideAdminLogin", "Administrator Login"),
  userPortal: () => phrase("guideUserPortal", "This is the user portal. Switch to the Admin Portal."),
  toAdminPortal: () => phrase("guideToAdminPortal", "Switch to the Admin Portal"),
  openMenu: () => phrase("guideOpenMenu", "Open your profile menu"),
  menuPlace: () =>
    phrase("guideMenuPlace", "Your initials at the top right, or your name at the bottom left."),
  chooseKey: () => phrase("guideChooseKey", "Choose My API Key"),
  chooseExpiry: () =>
    phrase("guideChooseExpiry", "Choose when the key expires; you may choose No Expiration."),
  replaces: () =>
    phrase("guideReplaces", "Generating replaces your present key: whatever uses it stops working."),
  haveKey: () => phrase("guideHaveKey", "I have a key already"),
  noPermission: () => phrase("guideNoPermission", "API access is not enabled for your account."),
  whoCanHelp: () =>
    phrase(
      "guideWhoCanHelp",
      "Only an Administrator with Billing can enable API access: Settings → Administrators → your name → Enable API access.",
    ),
  copyMessage: () => phrase("guideCopyMessage", "Copy a message"),
  copied: () => phrase("guideCopied", "Copied"),
  message: () =>
    phrase(
      "guideMessage",
      "Hi, to connect JumpCloud to Dots I need an API key, and API access is not enabled for my admin account yet. Could you enable it? An Administrator with Billing can: Settings → Administrators → my name → Enable API access. Thank you!",
    ),
  sendTitle: () => phrase("guideSendTitle", "Press Send to Dots beside the key."),
  onlyOnce: () => phrase("guideOnlyOnce", "It is shown only once."),
  send: () => phrase("guideSend", "Send to Dots"),
  copyIt: () => phrase("guideCopyIt", "Copy it with the copy icon, then paste it in Dots"),
  done: () => phrase("guideDone", "Done."),
  backToDots: () => phrase("guideBackToDots", "Back to Dots"),
  notSent: () =>
    phrase("guideNotSent", "The key could not be sent. Copy it with the copy icon, then paste it in Dots."),
  noAnswer: () => phrase("guideNoAnswer", "Dots does not answer. Reload this page, then try again."),
};
