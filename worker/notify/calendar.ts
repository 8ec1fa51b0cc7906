import ical, {
  ICalAlarmRelatesTo,
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventTransparency,
} from "ical-generator";
import type { Connection } from "../../shared/connections.ts";
import { remindersOf } from "../schedule/reminders.ts";

const hoursBetweenLooks = 12;
/** A day's event says so in the morning, not at midnight. */
const ringsAfterSeconds = 9 * 3600;

/**
 * Takes a workspace's connections; gives an iCalendar feed (RFC 5545) of when their keys end. Each reminder is an
 * event of its own: calendars that subscribe to a feed drop its alarms, as Google's does. Nothing of a key is in it.
 */
export function keyCalendar(
  connections: readonly Pick<Connection, "id" | "organization" | "keyExpiresAt">[],
  now: Date,
): string {
  const calendar = ical({
    name: "Dots × JumpCloud",
    description: "When the JumpCloud keys of Dots end",
    prodId: { company: "Dots", product: "JumpCloud Connect", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: hoursBetweenLooks * 3600,
  });
  for (const { id, organization, keyExpiresAt } of connections) {
    if (typeof keyExpiresAt !== "string") continue;
    for (const { daysBefore, at } of remindersOf(keyExpiresAt)) {
      const event = calendar.createEvent({
        id: `${id}-${daysBefore}@dots-jumpcloud-connect`,
        start: at,
        allDay: true,
        stamp: now,
        summary: `JumpCloud key of ${inOneLine(organization.name)} ${whenWords(daysBefore)}`,
        description:
          "Renew it in Dots: Integrations → JumpCloud → Manage → Renew key. Until then syncs go on as long as JumpCloud accepts the key.",
        transparency: ICalEventTransparency.TRANSPARENT,
      });
      event
        .createAlarm({ type: ICalAlarmType.display, triggerAfter: ringsAfterSeconds })
        .relatesTo(ICalAlarmRelatesTo.start);
    }
  }
  return calendar.toString();
}

/** The generator escapes line feeds; a lone carriage return, too, ends a line for some calendars. */
function inOneLine(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

function whenWords(days: number): string {
  if (days === 0) return "expires today";
  return days === 1 ? "expires tomorrow" : `expires in ${days} days`;
}
