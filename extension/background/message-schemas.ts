import { z } from "zod";
import { regionSchema } from "../../shared/connections.ts";
import type { Route } from "../../shared/routes/route.ts";
import { type RouteName, routes } from "../../shared/routes.ts";
import type { MessageType } from "../messages.ts";

const nothing = z.strictObject({});
const wizardStart = z.strictObject({ renew: z.string().max(500).optional() });

/** What a page of ours may call by the token: what a workspace's people may. */
const callable = Object.entries<Route>(routes)
  .filter(([, { auth }]) => auth === "viewer" || auth === "admin")
  .map(([name]) => name as RouteName);

/**
 * What each message holds besides its type. The senders are our own scripts, but one of them runs inside a page of
 * somebody else's: nothing it says is taken for granted.
 */
export const messageSchemas: Record<MessageType, z.ZodType> = {
  "dots/open-wizard": wizardStart,
  "dots/status": nothing,
  "dots/last-status": nothing,
  "guide/state": nothing,
  "guide/send-key": z.strictObject({
    apiKey: z.string().min(1).max(1000),
    keyExpiresAt: z.iso.datetime().nullable().optional(),
  }),
  "guide/back-to-dots": nothing,
  "guide/moved": z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }),
  "guide/close": nothing,
  "wizard/hello": z.strictObject({ nonce: z.string().max(100) }),
  "wizard/open-guide": z.strictObject({ region: regionSchema }),
  "wizard/take-key": nothing,
  "wizard/changes-csv": z.strictObject({ syncId: z.string().max(500) }),
  "pairing/state": nothing,
  "pairing/pair": z.strictObject({ link: z.string().max(2000) }),
  "pairing/forget": nothing,
  "dots-address/list": nothing,
  "dots-address/added": z.strictObject({ origin: z.url({ protocol: /^https?$/ }).max(300) }),
  "popup/open-wizard": wizardStart,
  "popup/open-dots": nothing,
  "popup/open-guide": nothing,
  worker: z.strictObject({
    route: z.enum(callable),
    id: z.string().max(500).optional(),
    query: z.record(z.string().max(50), z.string().max(1000)).optional(),
    // The Worker checks what is in it.
    body: z.unknown().optional(),
  }),
};
