import type { Region } from "../../shared/connections.ts";

/**
 * The only hosts a key is ever sent to: fixed strings, never made from input (FACTS.md, section 1).
 * Locally one address stands for all three.
 */
const origins: Record<Region, string> = {
  us: "https://console.jumpcloud.com",
  eu: "https://console.eu.jumpcloud.com",
  in: "https://console.in.jumpcloud.com",
};

export const regions = Object.keys(origins) as Region[];

export function originOf(region: Region, localBaseUrl: string | undefined): string {
  return localBaseUrl ?? origins[region];
}

/** Whether a request may carry a key: it only reads, goes to JumpCloud's API, and follows no redirect elsewhere. */
export function mayCarryKey(request: Request, localBaseUrl: string | undefined): boolean {
  const { origin, pathname, username } = new URL(request.url);
  const isDestination =
    localBaseUrl === undefined ? Object.values(origins).includes(origin) : origin === localBaseUrl;
  return (
    isDestination &&
    username === "" &&
    pathname.startsWith("/api/") &&
    request.method === "GET" &&
    request.redirect === "manual"
  );
}
