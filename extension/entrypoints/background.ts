import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { answer } from "../background/answer.ts";
import { dropDotsAddresses, registerDotsScripts } from "../background/dots-address.ts";
import { tabClosed } from "../background/guide.ts";
import { portOpened } from "../background/ports.ts";
import { startReminders } from "../background/reminders.ts";
import { closeStorageToContentScripts } from "../storage.ts";

export default defineBackground(() => {
  browser.runtime.onMessage.addListener((message, sender, sendResponse) => {
    void answer(message, sender).then(sendResponse);
    // Keeps the channel open for the answer; understood by Chrome (MV3) and Firefox (MV2) alike.
    return true;
  });
  browser.runtime.onConnect.addListener(portOpened);
  browser.tabs.onRemoved.addListener((tabId) => void tabClosed(tabId));
  browser.permissions.onRemoved.addListener(({ origins }) => void dropDotsAddresses(origins ?? []));
  // An update of the extension forgets registered scripts.
  browser.runtime.onInstalled.addListener(() => void registerDotsScripts());
  browser.runtime.onStartup.addListener(() => void registerDotsScripts());
  void startReminders();
  void closeStorageToContentScripts();
});
