/** How many days before a key ends people are reminded; the last is the day itself. */
export const reminderDays = [14, 7, 1, 0] as const;
export type ReminderDay = (typeof reminderDays)[number];
