const browsers = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
] as const;

const systems = [
  ["CrOS", "ChromeOS"],
  ["Windows", "Windows"],
  ["Macintosh", "macOS"],
  ["Android", "Android"],
  ["Linux", "Linux"],
] as const;

/** Takes a user agent; gives words an admin recognises in a list of tokens: "Chrome on Linux". */
export function browserLabel(userAgent: string): string {
  const name = browsers.find(([mark]) => userAgent.includes(mark))?.[1] ?? "Browser";
  const system = systems.find(([mark]) => userAgent.includes(mark))?.[1];
  return system === undefined ? name : `${name} on ${system}`;
}
