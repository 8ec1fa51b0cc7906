import type { ApiKey, Organization } from "./tenant.ts";

/** The demo organizations: the first is the one most tests and the demo speak of. */
export const demoOrganizations: Organization[] = [
  { _id: "5f1a2b3c4d5e6f7081920a01", displayName: "Acme Ltd", logoUrl: "" },
  { _id: "5f1a2b3c4d5e6f7081920a02", displayName: "Beta Inc.", logoUrl: "" },
  { _id: "5f1a2b3c4d5e6f7081920a03", displayName: "Delta GmbH", logoUrl: "" },
  { _id: "5f1a2b3c4d5e6f7081920a04", displayName: "Indus Pvt Ltd", logoUrl: "" },
];
const [acme, beta, delta, indus] = demoOrganizations.map(({ _id }) => _id) as [
  string,
  string,
  string,
  string,
];

/** The values of the demo keys. Test data: none of them opens anything but this simulator. */
export const demoKeyValues = {
  administrator: modern("DemoAdministrator"),
  expiring: modern("DemoExpiring"),
  readOnly: modern("DemoReadOnly"),
  commandRunner: modern("DemoCommandRunner"),
  multiTenant: modern("DemoMultiTenant"),
  beta: modern("DemoBeta"),
  europe: modern("DemoEurope"),
  india: modern("DemoIndia"),
  expired: modern("DemoExpired"),
  revoked: modern("DemoRevoked"),
  disabled: modern("DemoDisabled"),
  legacy: "lu8792demo4y2398is1tb6h0b83ebf0e92s97t38",
  serviceAccount: `jcs_${"DemoServiceAccount".padEnd(40, "4")}`,
} as const;

/** What each demo key is for, in words. */
export const demoKeyNotes: Record<keyof typeof demoKeyValues, string> = {
  administrator: "Acme Ltd, US, Administrator With Billing, never expires",
  expiring: "Acme Ltd, US, Administrator, expires in 9 days",
  readOnly: "Acme Ltd, US, Read Only: may list devices",
  commandRunner: "Acme Ltd, US, Command Runner: search and organizations answer, listing devices is 403",
  multiTenant: "Acme Ltd and Beta Inc., US: needs x-org-id",
  beta: "Beta Inc., US, Administrator",
  europe: "Delta GmbH, EU: 401 in any other region",
  india: "Indus Pvt Ltd, IN: 401 in any other region",
  expired: "expired: 401",
  revoked: "revoked by a newer key: 401",
  disabled: "API access switched off for its admin: 401",
  legacy: "Acme Ltd, US, a key of the older shape (40 letters and digits)",
  serviceAccount: "Acme Ltd, US, service account: 403 on organizations, no getSelf",
};

/** The demo keys as a tenant holds them. Takes the moment the expiries count from. */
export function demoKeys(now: Date = new Date()): ApiKey[] {
  const day = 86_400_000;
  const at = (days: number): string => new Date(now.getTime() + days * day).toISOString();
  const key = (name: keyof typeof demoKeyValues, fields: Partial<ApiKey> = {}): ApiKey => ({
    value: demoKeyValues[name],
    region: "us",
    role: "Administrator",
    organizationIds: [acme],
    state: "valid",
    mayListDevices: true,
    ...fields,
  });
  return [
    key("administrator", { role: "Administrator With Billing" }),
    key("expiring", { expiresAt: at(9) }),
    key("readOnly", { role: "Read Only", expiresAt: at(180) }),
    key("commandRunner", { role: "Command Runner", mayListDevices: false }),
    key("multiTenant", { organizationIds: [acme, beta], expiresAt: at(365) }),
    key("beta", { organizationIds: [beta] }),
    key("europe", { region: "eu", organizationIds: [delta], expiresAt: at(90) }),
    key("india", { region: "in", organizationIds: [indus], expiresAt: at(90) }),
    key("expired", { state: "expired", expiresAt: at(-3) }),
    key("revoked", { state: "revoked" }),
    key("disabled", { state: "disabled" }),
    key("legacy", { hidesExpiry: true }),
    key("serviceAccount", { role: "Service Account", mayListOrganizations: false, hasSelf: false }),
  ];
}

/** `jca_` and 36 letters and digits (FACTS.md, section 7). */
function modern(name: string): string {
  return `jca_${name.padEnd(36, "7")}`;
}
