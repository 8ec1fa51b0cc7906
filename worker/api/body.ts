import { Problem } from "../problem.ts";

/** What a body of JSON may weigh; an import has its own limit. */
export const largestJsonBytes = 64 * 1024;
const mostBytesDrained = 64 * 1024 * 1024;

/**
 * Reads a body of at most so many bytes, whatever its headers say of its length.
 * Throws `payload_too_large`, or `invalid_request` where it is not UTF-8.
 */
export async function readText(request: Request, mostBytes: number): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > mostBytes) throw tooLarge(mostBytes);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body?.values({ preventCancel: true }) ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    parts.push(part);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(join(parts, bytes));
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

function join(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
