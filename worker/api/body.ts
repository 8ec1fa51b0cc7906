import { Problem } from "../problem.ts";

/** What a body of JSON may weigh; an import has its own limit. */
export const largestJsonBytes = 64 * 1024;
const mostBytesDrained = 64 * 1024 * 1024;
/** Enough to tell from the first one how a file of CSV separates its cells; small beside an isolate's 128 MB. */
const pieceCharacters = 256 * 1024;

/** Reads a whole body, as `readPieces` does. */
export async function readText(request: Request, mostBytes: number): Promise<string> {
  let text = "";
  for await (const piece of readPieces(request, mostBytes)) text += piece;
  return text;
}

/**
 * Reads a body of at most so many bytes, whatever its headers say of its length, in pieces of so many
 * characters or a few more. Throws `payload_too_large`, or `invalid_request` where it is not UTF-8.
 */
export async function* readPieces(request: Request, mostBytes: number): AsyncGenerator<string> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > mostBytes) throw tooLarge(mostBytes);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let piece = "";
  let bytes = 0;
  for await (const part of request.body?.values({ preventCancel: true }) ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    piece += decode(decoder, part);
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = "";
  }
  yield piece + decode(decoder);
}

/** Without a part it ends: a character that is still open then was cut off. */
function decode(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return decoder.decode(part, { stream: part !== undefined });
  } catch {
    throw new Problem("invalid_request", { detail: "The body is not UTF-8 text. Save or send it as UTF-8." });
  }
}

/**
 * Reads on and throws away what is left of a body, up to a limit: a client that is still sending hears the answer
 * only when it has sent all, and sees a broken connection where nobody reads.
 */
export async function drain(request: Request): Promise<void> {
  if (request.body === null || request.body.locked) return;
  const reader = request.body.getReader();
  let bytes = 0;
  while (bytes < mostBytesDrained) {
    const { done, value } = await reader.read();
    if (done) return;
    bytes += value.length;
  }
  await reader.cancel();
}

/** Throws `invalid_request` where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("invalid_request", {
      detail: "The body is not valid JSON. Check its brackets and quotes.",
    });
  }
}

/** The media type without its parameters, in lower case. */
export function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function tooLarge(mostBytes: number): Problem {
  const limit = mostBytes >= 1024 * 1024 ? `${mostBytes / 1024 / 1024} MiB` : `${mostBytes / 1024} KiB`;
  return new Problem("payload_too_large", {
    detail: `The body is larger than ${limit}. Send it in smaller parts.`,
  });
}
