export interface PairingLink {
  workerOrigin: string;
  code: string;
}

/**
 * Reads a pairing link, `<the Worker's origin>/pair#<code>`; nothing where it is not one. The token travels to
 * that origin from then on, so it has to be https – or this very machine.
 */
export function readPairingLink(text: string): PairingLink | undefined {
  const url = URL.parse(text.trim());
  if (url === null || url.pathname !== "/pair" || url.username !== "" || url.password !== "")
    return undefined;
  const isLocal = url.hostname === "127.0.0.1" || url.hostname === "localhost";
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal)) return undefined;
  const code = url.hash.slice(1);
  return code === "" ? undefined : { workerOrigin: url.origin, code };
}
