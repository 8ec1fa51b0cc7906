import { describe, expect, it } from "vitest";
import { readPairingLink } from "../../../extension/pairing-link.ts";

describe("a pairing link", () => {
  it.each([
    [
      "https://connect.dots.example/pair#abc-1",
      { workerOrigin: "https://connect.dots.example", code: "abc-1" },
    ],
    ["  http://127.0.0.1:8787/pair#abc\n", { workerOrigin: "http://127.0.0.1:8787", code: "abc" }],
    ["http://localhost:8787/pair#abc", { workerOrigin: "http://localhost:8787", code: "abc" }],
  ])("is read from %j", (text, link) => {
    expect(readPairingLink(text)).toEqual(link);
  });

  it.each([
    ["", "nothing"],
    ["abc", "no address"],
    ["http://connect.dots.example/pair#abc", "the token would travel in the clear"],
    ["http://127.0.0.1.evil.example/pair#abc", "only looks like this machine"],
    ["https://connect.dots.example/pair", "no code"],
    ["https://connect.dots.example/pair#", "an empty code"],
    ["https://connect.dots.example/other#abc", "another page"],
    ["https://user:word@connect.dots.example/pair#abc", "hides who it goes to"],
    ["javascript:/pair#abc", "not the web"],
  ])("is not read from %j: %s", (text) => {
    expect(readPairingLink(text)).toBeUndefined();
  });
});
