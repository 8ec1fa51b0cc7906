import type { Random } from "./random.ts";

const firstNames = ["noa", "avi", "maya", "jonas", "lea", "omar", "priya", "tom", "ines", "yael"] as const;
const lastNames = ["levi", "cohen", "weber", "silva", "shah", "novak", "haddad", "moreau"] as const;
const hex = "0123456789abcdef";

/**
 * Everything on a system that tells of a person (FACTS.md, sections 3 and 4). Dots must never ask for any
 * of it: these are the fields in which a test plants its markers.
 */
export function employeeData(random: Random) {
  const userName = `${random.pick(firstNames)}.${random.pick(lastNames)}`;
  const address = `10.${random.below(250)}.${random.below(250)}.${random.below(250)}`;
  return {
    description: random.chance(0.3) ? `Assigned to ${userName}` : "",
    remoteIP: `203.0.113.${random.below(250)}`,
    networkInterfaces: [
      { address, family: "IPv4", internal: false, name: "en0" },
      { address: "fe80::1", family: "IPv6", internal: true, name: "lo0" },
    ],
    primarySystemUser: random.chance(0.85)
      ? { id: random.text(24, hex), ...profile(userName, random) }
      : { id: null },
    userMetrics: [
      { userName, admin: random.chance(0.3), managed: true, suspended: false, secureTokenEnabled: true },
      { userName: "admin", admin: true, managed: false, suspended: false, secureTokenEnabled: false },
    ],
    usernameHashes: [random.text(64, hex)],
  };
}

function profile(userName: string, random: Random) {
  return {
    email: `${userName}@example.com`,
    department: random.pick(["Finance", "Engineering", "Sales", "People"]),
    costCenter: `CC-${random.below(900)}`,
    jobTitle: random.pick(["Analyst", "Engineer", "Manager"]),
    company: "Example",
    employeeType: "Full-time",
    location: random.pick(["Tel Aviv", "Berlin", "Austin"]),
    state: "ACTIVATED",
    memberof: ["All staff"],
  };
}
