import { browser } from "wxt/browser";
import type { Connection } from "../../shared/connections.ts";
import { daysUntil } from "../key-ending.ts";
import { remindedOf } from "../storage.ts";
import { keyEndingSentence } from "../ui/key-ending-sentence.ts";
import { say } from "../ui/words.ts";
import { callRoute } from "../worker-client.ts";
import { pairedWorker } from "./pairing.ts";
import { pairing } from "./pairing-store.ts";
import { badgeOf, remindersDue } from "./reminders-due.ts";
import { openWizardTab } from "./wizard-windows.ts";

const alarmName = "reminders";
const minutesBetweenLooks = 180;
const idStart = "key-ends:";

/** Looks now and then, also while no page of ours is open. */
export async function startReminders(): Promise<void> {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === alarmName) void remind(new Date());
  });
  browser.notifications.onClicked.addListener((id) => {
    if (id.startsWith(idStart)) void openFromNotification(id);
  });
  // An alarm outlives the service worker, but not every update of the browser.
  if (!(await browser.alarms.get(alarmName)))
    await browser.alarms.create(alarmName, { delayInMinutes: 1, periodInMinutes: minutesBetweenLooks });
}

/** Tells of keys that end soon, each reminder once, and marks the toolbar button. Without the Worker: nothing. */
export async function remind(now: Date): Promise<void> {
  if ((await pairing.get()) === null) return showBadge("");
  let connections: Connection[];
  try {
    const query = { limit: "100" };
    connections = (await callRoute(await pairedWorker(), "listConnections", { query })).items;
  } catch {
    return;
  }
  await showBadge(badgeOf(connections, now));
  const { due, remembered } = remindersDue(connections, await remindedOf.get(), now);
  await remindedOf.set(remembered);
  for (const connection of due) {
    await browser.notifications.create(`${idStart}${connection.id}`, {
      type: "basic",
      iconUrl: browser.runtime.getURL("/icon/128.png"),
      title: say("reminderTitle", connection.organization.name),
      message: keyEndingSentence(daysUntil(connection.keyExpiresAt, now)),
    });
  }
}

async function openFromNotification(id: string): Promise<void> {
  await browser.notifications.clear(id);
  await openWizardTab({ renew: id.slice(idStart.length) });
}

/** The toolbar button: `action` in Chrome, `browserAction` in Firefox (MV2). */
async function showBadge(text: string): Promise<void> {
  const button = browser.action ?? browser.browserAction;
  await button.setBadgeText({ text });
  await button.setBadgeBackgroundColor({ color: "#b42318" });
}
