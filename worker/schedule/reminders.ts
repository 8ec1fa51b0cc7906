import { type ReminderDay, reminderDays } from "../../shared/key-reminders.ts";

export interface Reminder {
  daysBefore: ReminderDay;
  /** The day it falls on, as a moment: that many times 24 hours before the key ends. */
  at: Date;
}

/** The reminders of a key that ends at a moment. Pure. */
export function remindersOf(keyExpiresAt: string): Reminder[] {
  const end = new Date(keyExpiresAt);
  return reminderDays.map((daysBefore) => ({
    daysBefore,
    at: new Date(end.getTime() - daysBefore * 86_400_000),
  }));
}
