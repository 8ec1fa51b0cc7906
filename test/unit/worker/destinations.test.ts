import { describe, expect, test } from "vitest";
import { signWith } from "../../../worker/vault/vault.ts";

const sign = signWith("jca_secret", undefined);
const asked = (url: string, init: RequestInit = {}) => new Request(url, { redirect: "manual", ...init });
const api = "https://console.jumpcloud.com/api/systems";

describe("a key", () => {
  test.each([
    [api],
    ["https://console.eu.jumpcloud.com/api/v2/systeminsights/system_info?limit=1"],
    ["https://console.in.jumpcloud.com/api/users/getSelf"],
  ])("is put on a GET of %s", (url) => {
    expect(sign(asked(url)).headers.get("x-api-key")).toBe("jca_secret");
  });

  test.each([
    ["another host", asked("https://jumpcloud.com/api/systems")],
    ["a host that begins like one", asked("https://console.jumpcloud.com.evil.example/api/systems")],
    ["a host that ends like one", asked("https://evilconsole.jumpcloud.com/api/systems")],
    ["another port", asked("https://console.jumpcloud.com:8443/api/systems")],
    ["plain http", asked("http://console.jumpcloud.com/api/systems")],
    ["what is not the API", asked("https://console.jumpcloud.com/login")],
    ["a path that leaves the API", asked("https://console.jumpcloud.com/api/../login")],
    ["this machine", asked("http://127.0.0.1:8787/api/systems")],
    ["POST", asked(api, { method: "POST", body: "{}" })],
    ["PUT", asked(api, { method: "PUT", body: "{}" })],
    ["DELETE", asked(api, { method: "DELETE" })],
    ["HEAD", asked(api, { method: "HEAD" })],
    ["a request that follows redirects", asked(api, { redirect: "follow" })],
  ])("is never put on a request for %s", (_, request) => {
    expect(() => sign(request)).toThrow("JumpCloud's API alone");
    expect(request.headers.get("x-api-key")).toBeNull();
  });

  test("goes locally to the one address that stands for JumpCloud, and not to JumpCloud", () => {
    const local = signWith("jca_secret", "http://127.0.0.1:9000");
    expect(local(asked("http://127.0.0.1:9000/api/systems")).headers.get("x-api-key")).toBe("jca_secret");
    expect(() => local(asked(api))).toThrow("JumpCloud's API alone");
    expect(() => local(asked("http://127.0.0.1:9001/api/systems"))).toThrow("JumpCloud's API alone");
  });

  test("stays within what signs: neither its text nor its properties show it", () => {
    expect(JSON.stringify([sign, String(sign), Object.entries(sign)])).not.toContain("jca_secret");
  });
});
