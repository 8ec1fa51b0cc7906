import { describe, expect, test } from "vitest";
import { hear } from "../../../extension/background/hearing.ts";
import { messageSchemas } from "../../../extension/background/message-schemas.ts";
import type { MessageType, Sender } from "../../../extension/messages.ts";

const page: Sender = { kind: "page", frame: undefined };
const framed: Sender = { kind: "page", frame: "1:7" };
const dots: Sender = { kind: "content", origin: "https://app.dots.example", tabId: 1 };
const jumpcloud: Sender = { kind: "content", origin: "https://console.eu.jumpcloud.com", tabId: 2 };
const elsewhere: Sender = { kind: "content", origin: "https://evil.example", tabId: 3 };
const lookalike: Sender = { kind: "content", origin: "https://console.jumpcloud.com.evil.example", tabId: 4 };
const stranger: Sender = { kind: "stranger" };

const circumstances = { isDots: (origin: string) => origin === dots.origin, admittedFrames: [] as string[] };

/** What is valid to say, where it is more than the type. */
const rest: Partial<Record<MessageType, object>> = {
  "guide/send-key": { apiKey: "jca_x" },
  "guide/moved": { x: 0.5, y: 1 },
  "wizard/hello": { nonce: "n" },
  "wizard/changes-csv": { syncId: "s" },
  "wizard/open-guide": { region: "eu" },
  "pairing/pair": { link: "https://worker.example/pair#x" },
  "dots-address/added": { origin: "https://app.dots.example" },
  worker: { route: "listConnections" },
};
const types = Object.keys(messageSchemas) as MessageType[];
/** The types that a sender is heard with. */
function heardFrom(sender: Sender, admittedFrames: string[] = []): string[] {
  return types.filter(
    (type) => hear({ type, ...rest[type] }, sender, { ...circumstances, admittedFrames }) !== undefined,
  );
}

describe("the background hears", () => {
  const bySite = (site: string) => types.filter((type) => type.startsWith(site));
  test("a Dots page's script with what the card needs, and nothing else", () => {
    expect(heardFrom(dots)).toEqual(bySite("dots/"));
  });
  test("a JumpCloud page's script with what the guide needs, and nothing else", () => {
    expect(heardFrom(jumpcloud)).toEqual(bySite("guide/"));
  });
  test("the extension's own pages with all but that", () => {
    expect(heardFrom(page)).toEqual(types.filter((type) => !/^(dots|guide)\//.test(type)));
  });
  test.each([
    ["a script on another site", elsewhere],
    ["one on a look-alike", lookalike],
    ["a stranger", stranger],
  ])("%s with nothing", (_, sender) => {
    expect(heardFrom(sender)).toEqual([]);
  });
  test("a page of ours in a frame with hello alone, until that very frame was let in", () => {
    expect(heardFrom(framed)).toEqual(["wizard/hello"]);
    expect(heardFrom(framed, ["1:8", "2:7"])).toEqual(["wizard/hello"]);
    expect(heardFrom(framed, ["1:7"])).toEqual(heardFrom(page));
  });
});

describe("the background does not hear", () => {
  test.each<[string, Sender, unknown]>([
    ["what is no message", page, "worker"],
    ["nothing", page, null],
    ["a type it does not know", page, { type: "storage/read" }],
    ["a type that every object has", page, { type: "constructor" }],
    ["a field it does not know", dots, { type: "dots/status", apiKey: "jca_x" }],
    ["a key that is no text", jumpcloud, { type: "guide/send-key", apiKey: { toString: "x" } }],
    ["a place outside of the window", jumpcloud, { type: "guide/moved", x: 1.5, y: 0 }],
    ["a key longer than any", jumpcloud, { type: "guide/send-key", apiKey: "x".repeat(1001) }],
    [
      "an expiry that is no time",
      jumpcloud,
      { type: "guide/send-key", apiKey: "jca_x", keyExpiresAt: "soon" },
    ],
    [
      "a region that would lead elsewhere",
      page,
      { type: "wizard/open-guide", region: "https://evil.example" },
    ],
    ["a Dots address that is no web address", page, { type: "dots-address/added", origin: "file:///etc" }],
    ["a call that is not in the API", page, { type: "worker", route: "dropTables" }],
    ["a call that is the operator's", page, { type: "worker", route: "createPairing" }],
    ["a call that redeems a pairing", page, { type: "worker", route: "redeemPairing" }],
  ])("%s", (_, sender, raw) => {
    expect(hear(raw, sender, circumstances)).toBeUndefined();
  });
});
