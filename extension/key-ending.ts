import { type ReminderDay, reminderDays } from "../shared/key-reminders.ts";

const dayMs = 86_400_000;

/** Days from now until a key ends, as people count them here: 0 today, negative once it has ended. */
export function daysUntil(endsAt: string, now: Date): number {
  const end = new Date(endsAt);
  if (end <= now) return -1;
  const startOf = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (startOf(end) - startOf(now)) / dayMs;
}

/** The reminder that is due with so many days left: of those whose day has come, the last. */
export function dueReminder(daysLeft: number): ReminderDay | undefined {
  return reminderDays.findLast((days) => daysLeft <= days);
}
