import { type Message, readMessage, type Sender } from "../messages.ts";
import { messageSchemas } from "./message-schemas.ts";

/** What decides, besides the message and its sender. */
export interface Circumstances {
  isDots: (origin: string) => boolean;
  /** Frames of our wizard that were let in. */
  admittedFrames: readonly string[];
}

/**
 * Takes what was sent and by whom; gives the message where that sender may say it and it holds what it should. A page
 * of ours that somebody put into a frame may say nothing but hello until that frame was let in.
 */
export function hear(raw: unknown, sender: Sender, circumstances: Circumstances): Message | undefined {
  const message = readMessage(raw, sender, circumstances.isDots);
  if (message === undefined) return undefined;
  const { type, ...rest } = message;
  if (!messageSchemas[type].safeParse(rest).success) return undefined;
  const frame = sender.kind === "page" ? sender.frame : undefined;
  const isLetIn = frame === undefined || circumstances.admittedFrames.includes(frame);
  return isLetIn || type === "wizard/hello" ? message : undefined;
}
