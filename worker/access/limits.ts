import { Problem } from "../problem.ts";

/** The windows of wrangler.jsonc's limits. */
const periodSeconds = 60;

/** Counts one call of `key`; throws `rate_limited` where it was one too many. */
export async function spendCall(limit: RateLimit, key: string): Promise<void> {
  const { success } = await limit.limit({ key });
  if (!success) throw new Problem("rate_limited", { retryAfterSeconds: periodSeconds });
}

/**
 * Who counts as one caller before it has said who it is. Of IPv6 the first 64 bits: whoever has one address there
 * has them all (RFC 4291, section 2.5.4).
 */
export function addressOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip") ?? "unknown";
  if (!address.includes(":")) return address;
  const [front = "", back] = address.toLowerCase().split("::");
  const groups = front.split(":").filter((group) => group !== "");
  if (back !== undefined) {
    const rest = back.split(":").filter((group) => group !== "");
    while (groups.length + rest.length < 8) groups.push("0");
    groups.push(...rest);
  }
  return groups.slice(0, 4).join(":");
}
