/**
 * The match pattern for an origin's pages. It goes without the port, which Firefox's patterns cannot name; the
 * background checks the exact origin of whoever speaks.
 */
export function matchPattern(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}
