/** What the console's other pages show: other people's data, which nobody must pick up. */
export const devices = [
  ["MAC-K5R2JJ", "macOS 15.7.2", "42MZ8HSGA5", "Noa Levi", "Active", "2 minutes ago"],
  ["LAPTOP-FB4ZP8", "Windows 11 Pro", "5CG9Y6P16J", "Jonas Weber", "Active", "5 minutes ago"],
  ["MAC-Y9QSJ7", "macOS 26.1", "NEX2W1QYSN", "Maya Cohen", "Active", "8 minutes ago"],
  ["ws-d23mbj", "Ubuntu 24.04", "192586178281", "—", "Active", "11 minutes ago"],
  ["LAPTOP-REH7N3", "Windows 11 Enterprise", "5CG06KTST", "Priya Shah", "Inactive", "3 days ago"],
  ["MAC-ZGT1HF", "macOS 14.8.2", "F916Q713HHRY", "Avi Silva", "Active", "1 minute ago"],
  ["iPhone 7KQ2", "iOS 26.1", "BQH2KN8PCM", "Lea Novak", "Active", "—"],
  ["vm-00002c", "Windows 11 Pro", "3878-0079-9718-7383-7122-5946-98", "—", "Active", "4 minutes ago"],
];

export const users = [
  ["60f1a2b3c4d5e6f708192a01", "Noa Levi", "noa.levi@example.com", "Engineering"],
  ["60f1a2b3c4d5e6f708192a02", "Jonas Weber", "jonas.weber@example.com", "Finance"],
  ["60f1a2b3c4d5e6f708192a03", "Maya Cohen", "maya.cohen@example.com", "People"],
  ["60f1a2b3c4d5e6f708192a04", "Priya Shah", "priya.shah@example.com", "Engineering"],
  ["60f1a2b3c4d5e6f708192a05", "Avi Silva", "avi.silva@example.com", "Sales"],
];

export const administrators = [
  ["Dana Admin", "dana.admin@example.com", "Administrator With Billing", true],
  ["Tom Moreau", "tom.moreau@example.com", "Help Desk", false],
  ["Ines Haddad", "ines.haddad@example.com", "Read Only", true],
];

/** Shaped like keys, and none of them the admin's: to be left alone wherever they stand. */
export const decoys = {
  keyInScript: `jca_${"SomebodyElses".padEnd(36, "9")}`,
  connectKey: "c0ffee5eed1234abcd5678ef90c0ffee5eed1234",
  externalId: "q8w7e6r5t4y3u2i1o0p9a8s7d6f5g4h3j2k1l0z9",
  password: "correct-horse-battery-staple",
};
