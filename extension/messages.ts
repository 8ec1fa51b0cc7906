import { browser } from "wxt/browser";
import type { Region } from "../shared/connections.ts";
import type { ProblemDocument } from "../shared/problem-document.ts";
import type { RouteAnswer, RouteBody, RouteName } from "../shared/routes.ts";

/**
 * What the parts of the extension say to each other. Everything goes to the background, which alone knows the
 * token and talks to the Worker. No zod here: content scripts import this file.
 */
export interface Conversation {
  /** Dots page: asks for a wizard. `frameUrl` is what to show in the iframe; null: a window was opened instead. */
  "dots/open-wizard": { ask: WizardStart; answer: { frameUrl: string | null } };
  /** Dots page: what to show on the card. */
  "dots/status": { ask: Record<never, never>; answer: CardStatus };
  /** Dots page: what the card showed last, without asking the Worker: it is there before the page is painted. */
  "dots/last-status": { ask: Record<never, never>; answer: CardStatus | null };
  /** JumpCloud page: whether the guide was asked for in this tab. */
  "guide/state": { ask: Record<never, never>; answer: { show: boolean; place: PanelPlace | null } };
  /** JumpCloud page, on the admin's click: the key. The region is read from the sender's address. */
  "guide/send-key": { ask: { apiKey: string; keyExpiresAt?: string | null }; answer: { sent: true } };
  /** JumpCloud page: brings the tab with the wizard forward. */
  "guide/back-to-dots": { ask: Record<never, never>; answer: null };
  /** JumpCloud page: the guide's panel was moved; it is there again next time. */
  "guide/moved": { ask: PanelPlace; answer: null };
  /** JumpCloud page: the guide was closed. */
  "guide/close": { ask: Record<never, never>; answer: null };
  /**
   * Wizard: whether it was opened by us; a page that frames connect.html by itself has no nonce.
   * `dotsOrigin`: the Dots page it is framed by.
   */
  "wizard/hello": { ask: { nonce: string }; answer: { allowed: boolean; dotsOrigin?: string } };
  /** Wizard: opens the JumpCloud console with the guide. */
  "wizard/open-guide": { ask: { region: Region }; answer: null };
  /** Wizard: takes the key that was sent; it is then nowhere else. */
  "wizard/take-key": { ask: Record<never, never>; answer: SentKey | null };
  /** Wizard: what a sync did as CSV, for a file. */
  "wizard/changes-csv": { ask: { syncId: string }; answer: { csv: string } };
  /** Pages of ours: who is paired; pairing; the Dots address. */
  "pairing/state": { ask: Record<never, never>; answer: PairingState };
  "pairing/pair": { ask: { link: string }; answer: PairingState };
  "pairing/forget": { ask: Record<never, never>; answer: PairingState };
  "dots-address/list": { ask: Record<never, never>; answer: { builtIn: string[]; added: string[] } };
  /** After the page got the permission: registers the content script there. */
  "dots-address/added": { ask: { origin: string }; answer: null };
  /** Popup: opens the wizard, in the Dots tab where there is one. */
  "popup/open-wizard": { ask: WizardStart; answer: null };
  /** Popup: brings a tab of Dots forward, or opens one; the wizard where Dots' address is not known. */
  "popup/open-dots": { ask: Record<never, never>; answer: null };
  /** Popup: shows the guide in the active JumpCloud tab, or opens one. */
  "popup/open-guide": { ask: Record<never, never>; answer: null };
  /** Pages of ours: a call of the Worker's API. */
  worker: { ask: WorkerCall; answer: unknown };
}

export type MessageType = keyof Conversation;
export type Message = { [T in MessageType]: { type: T } & Conversation[T]["ask"] }[MessageType];
export type Reply<T extends MessageType> =
  | { ok: true; value: Conversation[T]["answer"] }
  | { ok: false; problem: Trouble };

/** Pushed by the background. None of them carries a key. */
export type Notice =
  | { notice: "key-arrived" }
  | { notice: "show-guide" }
  | ({ notice: "open-wizard" } & WizardStart);

/** Where a wizard begins. */
export interface WizardStart {
  /** The connection whose key is to be renewed; absent: where the wizard opens by itself. */
  renew?: string;
}

/** The name of the port that a wizard holds while it is open. */
export const wizardPort = "wizard";
/** The name of a port begins so on which a page is told how a sync goes: each time a `Sync`, until it is hung up. */
export const syncPort = "sync:";

export interface SentKey {
  apiKey: string;
  region: Region;
  /** `null` = no expiration; absent = the dialog did not say. */
  keyExpiresAt?: string | null;
}

export type CardStatus =
  | { state: "unconnected" | "unknown" }
  /** `isRefused`: it was paired, and the Worker no longer takes its token. */
  | { state: "unpaired"; isRefused?: boolean }
  | {
      state: "connected" | "needs_key";
      /** How many there are. The figures are of all of them. */
      connections: number;
      /** The one whose key is to be seen to first. */
      connectionId: string;
      organization: string;
      mode: "sync" | "download";
      devices: number;
      lastSyncAt: string | null;
      nextSyncAt: string | null;
      /** Since when the state is what it is. */
      since: string;
      /** `null` = no expiration; absent = not known. */
      keyExpiresAt?: string | null;
    };

/** Where the guide's panel is: parts (0 to 1) of the room that the window leaves it. */
export interface PanelPlace {
  x: number;
  y: number;
}

export interface PairingState {
  paired: boolean;
  workspace?: string;
  workerOrigin?: string;
}

/** A failure as people are told of it: a problem of the Worker's, or that it could not be reached. */
export type Trouble = { code: "offline" } | ({ code: ProblemDocument["code"] } & Partial<ProblemDocument>);

export interface WorkerCall<N extends RouteName = RouteName> {
  route: N;
  id?: string;
  query?: Record<string, string>;
  body?: RouteBody<N>;
}

/** Thrown by `ask` and `callWorker` where the other side says no. */
export class TroubleError extends Error {
  override name = "TroubleError";
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.code);
    this.trouble = trouble;
  }
}

/** Asks the background. Throws `TroubleError`. */
export async function ask<T extends MessageType>(
  type: T,
  rest: Conversation[T]["ask"],
): Promise<Conversation[T]["answer"]> {
  const reply = (await browser.runtime.sendMessage({ ...rest, type })) as Reply<T> | undefined;
  if (reply === undefined) throw new TroubleError({ code: "offline" });
  if (!reply.ok) throw new TroubleError(reply.problem);
  return reply.value;
}

/** Calls the Worker through the background, which has checked the answer. Throws `TroubleError`. */
export async function callWorker<N extends RouteName>(
  route: N,
  options: Omit<WorkerCall<N>, "route"> = {},
): Promise<RouteAnswer<N>> {
  return (await ask("worker", { ...options, route } as WorkerCall)) as RouteAnswer<N>;
}

/** Who sent a message: one of our own pages, a content script in a page, or somebody else. */
export type Sender =
  /** `frame`: the frame of another page it is in; absent where it stands by itself. */
  | { kind: "page"; frame: string | undefined }
  | { kind: "content"; origin: string; tabId: number }
  | { kind: "stranger" };

/** Which senders may say what. A content script never gets at the Worker, the token or a sent key. */
const saidBy: Record<MessageType, "page" | "dots" | "jumpcloud"> = {
  "dots/open-wizard": "dots",
  "dots/status": "dots",
  "dots/last-status": "dots",
  "guide/state": "jumpcloud",
  "guide/send-key": "jumpcloud",
  "guide/back-to-dots": "jumpcloud",
  "guide/moved": "jumpcloud",
  "guide/close": "jumpcloud",
  "wizard/hello": "page",
  "wizard/open-guide": "page",
  "wizard/take-key": "page",
  "wizard/changes-csv": "page",
  "pairing/state": "page",
  "pairing/pair": "page",
  "pairing/forget": "page",
  "dots-address/list": "page",
  "dots-address/added": "page",
  "popup/open-wizard": "page",
  "popup/open-dots": "page",
  "popup/open-guide": "page",
  worker: "page",
};

const jumpcloudOrigins: Record<string, Region> = {
  "https://console.jumpcloud.com": "us",
  "https://console.eu.jumpcloud.com": "eu",
  "https://console.in.jumpcloud.com": "in",
};

/** The region a console's address belongs to (FACTS.md, section 1); nothing for any other address. */
export function regionOf(origin: string): Region | undefined {
  return jumpcloudOrigins[origin];
}

/** Takes a raw message and who sent it; gives it back where that sender may say it. `isDots`: is it Dots' origin? */
export function readMessage(
  raw: unknown,
  sender: Sender,
  isDots: (origin: string) => boolean,
): Message | undefined {
  if (typeof raw !== "object" || raw === null || !("type" in raw) || typeof raw.type !== "string")
    return undefined;
  if (!Object.hasOwn(saidBy, raw.type)) return undefined;
  const who = saidBy[raw.type as MessageType];
  if (who === "page" && sender.kind !== "page") return undefined;
  if (who === "dots" && !(sender.kind === "content" && isDots(sender.origin))) return undefined;
  if (who === "jumpcloud" && !(sender.kind === "content" && regionOf(sender.origin))) return undefined;
  return raw as Message;
}
