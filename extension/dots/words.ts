import { phrase } from "../in-page/phrase.ts";

/** Every text the extension shows inside Dots. */
export const words = {
  connect: () => phrase("launcherConnect", "Connect to JumpCloud"),
  manage: () => phrase("launcherManage", "Manage"),
  renewKey: () => phrase("launcherRenewKey", "Renew key"),
  sync: () => phrase("launcherModeSync", "Sync"),
  download: () => phrase("launcherModeDownload", "Download and sync"),
  device: () => phrase("launcherDevice", "1 device"),
  devices: (count: string) => phrase("launcherDevices", "{0} devices", [count]),
  synced: (when: string) => phrase("launcherSynced", "synced {0}", [when]),
  syncedNow: () => phrase("launcherSyncedNow", "synced just now"),
  neverSynced: () => phrase("launcherNeverSynced", "not synced yet"),
  next: (time: string) => phrase("launcherNext", "next {0}", [time]),
  keyRefused: () => phrase("launcherKeyRefused", "JumpCloud no longer accepts the key"),
  dialog: () => phrase("launcherDialog", "Connect to JumpCloud"),
  notOpened: () => phrase("launcherNotOpened", "Could not open. Reload this page, then try again."),
};

export type Words = typeof words;
