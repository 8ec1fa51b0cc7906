import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { extensionOrigins } from "../../../worker/access/extension-origins.ts";
import { addressOf } from "../../../worker/access/limits.ts";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:aaaa::1", "2001:db8:1:2"],
  ["2001:DB8:1:2::", "2001:db8:1:2"],
  ["2001:db8::7", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  [undefined, "unknown"],
])("a caller at %s counts as %s: an IPv6 network is one caller", (address, counted) => {
  const headers = address === undefined ? {} : { "cf-connecting-ip": address };
  expect(addressOf(new Request("https://worker.test", { headers }))).toBe(counted);
});

test("the origin the Worker knows is that of the key in the extension's manifest", () => {
  const [, key = ""] = /"(MII[A-Za-z0-9+/=]+)"/.exec(readFileSync("wxt.config.ts", "utf8")) ?? [];
  const hash = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  const id = [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
  expect(extensionOrigins(undefined)(`chrome-extension://${id}`)).toBe(true);
});
