import { browser } from "wxt/browser";
import {
  type Conversation,
  type Message,
  type MessageType,
  type Reply,
  type Sender,
  type Trouble,
  TroubleError,
} from "../messages.ts";
import { admittedFrames } from "../storage.ts";
import { isDotsOrigin } from "./dots-address.ts";
import { handlers } from "./handlers.ts";
import { hear } from "./hearing.ts";
import { type RawSender, whoSent } from "./sender.ts";
import { rememberSite } from "./site-tabs.ts";

/** Where a message came from, beyond what decides whether it is heard. */
export interface From {
  sender: Sender;
  tabId: number | null;
}

export type Handlers = {
  [T in MessageType]: (ask: Conversation[T]["ask"], from: From) => Promise<Conversation[T]["answer"]>;
};

/** Answers one message; says no to whoever may not say it. */
export async function answer(raw: unknown, rawSender: RawSender): Promise<Reply<MessageType>> {
  const sender = whoSent(rawSender, { id: browser.runtime.id, base: browser.runtime.getURL("/") });
  const message = hear(raw, sender, {
    isDots: await isDotsOrigin(),
    admittedFrames: await admittedFrames.get(),
  });
  if (message === undefined) return { ok: false, problem: { code: "forbidden" } };
  const from = { sender, tabId: rawSender.tab?.id ?? null };
  try {
    if (sender.kind === "content") await rememberSite(sender.tabId, sender.origin);
    return { ok: true, value: await handle(message, from) };
  } catch (error) {
    return { ok: false, problem: troubleOf(error) };
  }
}

function handle(message: Message, from: From): Promise<Conversation[MessageType]["answer"]> {
  const handler = handlers[message.type] as Handlers[MessageType];
  return handler(message as Conversation[MessageType]["ask"] as never, from);
}

function troubleOf(error: unknown): Trouble {
  return error instanceof TroubleError ? error.trouble : { code: "internal" };
}
