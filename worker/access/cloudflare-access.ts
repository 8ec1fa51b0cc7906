import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import type { Actor } from "./actor.ts";
import { workspaceNamed } from "./workspaces.ts";

/** How Cloudflare Access lets people in: all settings, or none. */
export interface AccessSettings {
  /** `<team>.cloudflareaccess.com` */
  teamDomain: string;
  /** The audience tag of the one Access application in front of this Worker. */
  audience: string;
  /** The one workspace whose people come in this way. */
  workspace: string;
  /** Who is an admin there, by e-mail address in lower case; everybody else only reads. */
  admins: readonly string[];
}

const claimsSchema = z.object({ sub: z.string().optional(), email: z.string(), type: z.literal("app") });

/** Kept while the isolate lives: jose fetches a team's keys when it needs them, at most every half minute. */
const keysOfTeams = new Map<string, JWTVerifyGetKey>();

/**
 * Takes the token that Access puts on every request it lets through (`Cf-Access-Jwt-Assertion`); gives the person,
 * or nothing where it is not Access' own, for another application, expired, or a service's that names no person.
 * https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/
 */
export async function identifyByAccess(
  settings: AccessSettings,
  assertion: string,
  now: Date,
): Promise<Actor | undefined> {
  try {
    const { payload } = await jwtVerify(assertion, keysOf(settings.teamDomain), {
      issuer: `https://${settings.teamDomain}`,
      audience: settings.audience,
      algorithms: ["RS256"],
      requiredClaims: ["exp", "iat"],
      currentDate: now,
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) return undefined;
    const { sub, email } = claims.data;
    return {
      workspace: workspaceNamed(settings.workspace),
      role: settings.admins.includes(email.toLowerCase()) ? "admin" : "viewer",
      by: {
        kind: "access",
        label: email.slice(0, 320),
        ...(sub === undefined ? {} : { id: sub.slice(0, 100) }),
      },
    };
  } catch {
    return undefined;
  }
}

function keysOf(teamDomain: string): JWTVerifyGetKey {
  const known = keysOfTeams.get(teamDomain);
  if (known) return known;
  const keys = createRemoteJWKSet(new URL(`https://${teamDomain}/cdn-cgi/access/certs`), {
    timeoutDuration: 5_000,
  });
  keysOfTeams.set(teamDomain, keys);
  return keys;
}
