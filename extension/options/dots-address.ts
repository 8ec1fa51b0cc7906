/** Reads an address as an admin types it; gives its origin, nothing where Dots cannot be there. */
export function readDotsAddress(text: string): string | undefined {
  const typed = text.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.hostname === "") return undefined;
  const isLocal = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLocal)) return url.origin;
  return undefined;
}
