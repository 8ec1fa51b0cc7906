import { describe, expect, test } from "vitest";
import { keyInValue, keysInPieces } from "../../../extension/guide/key-text.ts";

const key = `jca_${"Ab3-_xyZ9".repeat(4)}`;
const service = `jcs_${"q7".repeat(20)}`;
const legacy = "lu8792demo4y2398is1tb6h0b83ebf0e92s97t38";

describe("a field or an attribute", () => {
  test.each([
    ["a key", key, key],
    ["a service account's key", service, service],
    ["an older key", legacy, legacy],
    ["a key with space and line ends around", ` ${key}\r\n`, key],
    ["a key with soft hyphens", key.replace("xyZ", "x\u00adyZ\u200b"), key],
  ])("holds %s", (_what, value, expected) => {
    expect(keyInValue(value)).toBe(expected);
  });

  test.each([
    ["nothing", ""],
    ["a masked key", `jca_4f1c${"•".repeat(32)}`],
    ["only the beginning of a key", "jca_4f1c"],
    ["a key among other words", `key: ${key}`],
    ["a commit's hash", "9fceb02d0ae598e95dc970b74767f19372d61af8"],
    ["forty digits", "1".repeat(40)],
    ["a word of forty letters", "a".repeat(40)],
    ["an identifier", "5f1a2b3c4d5e6f7081920a01"],
  ])("with %s holds no key", (_what, value) => {
    expect(keyInValue(value)).toBeUndefined();
  });
});

describe("the text of a line", () => {
  test.each([
    ["is the key", [key], [key]],
    ["is a sentence with the key", [`Your key is ${key}.`], [key]],
    ["is the key in pieces of twelve", key.match(/.{1,12}/g) ?? [], [key]],
    ["is the key in pieces with line ends between", [key.slice(0, 12), "\n  ", key.slice(12)], [key]],
    ["is the key in two long pieces", [key.slice(0, 30), key.slice(30)], [key]],
    ["is the key and a label that touches it", [key, "Copy"], [key]],
    ["is an older key", [legacy], [legacy]],
    ["is two keys", [`${key} ${service}`], [key, service]],
  ])("%s", (_what, pieces, expected) => {
    expect(keysInPieces(pieces)).toEqual(expected);
  });

  test("has two readings where a long beginning and an unknown word touch", () => {
    expect(keysInPieces([key, "Renew"])).toEqual([`${key}Renew`, key]);
  });

  test.each([
    ["a masked key", ["jca_4f1c••••••••"]],
    ["a long beginning and a mask", [`${key}••••`]],
    ["a long beginning and dots", [`${key}...`]],
    ["a long beginning and an ellipsis in the next piece", [key, "…"]],
    ["a long beginning and a mask in the next piece", [key, "••••"]],
    ["an address", [`https://example.com/${"a1".repeat(20)}-x`]],
    ["a hash", ["9fceb02d0ae598e95dc970b74767f19372d61af8"]],
  ])("with %s holds no key", (_what, pieces) => {
    expect(keysInPieces(pieces)).toEqual([]);
  });
});
