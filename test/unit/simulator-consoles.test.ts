import { afterEach, describe, expect, test } from "vitest";
import { type ConsoleResponse, demoApiKey, dotsConsole, jumpcloudConsole } from "../consoles/consoles.ts";
import { type Consoles, serveConsoles } from "../consoles/serve.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";

let consoles: Consoles | undefined;
afterEach(() => consoles?.close());

const jumpcloud = (path: string, options = {}): ConsoleResponse =>
  jumpcloudConsole(new URL(path, "https://console.jumpcloud.com"), options);
const dots = (path: string, options = {}): ConsoleResponse =>
  dotsConsole(new URL(path, "https://dots.test"), options);

test.each([
  ["the admin portal", jumpcloud("/#/home"), "/static/jumpcloud/app.js"],
  ["the login page", jumpcloud("/login"), "/static/jumpcloud/login.js"],
  ["the administrators' login page", jumpcloud("/login/admin"), "/static/jumpcloud/login.js"],
  ["the user portal", jumpcloud("/userconsole#/"), "/static/jumpcloud/user-portal.js"],
  ["the Dots console", dots("/#/integrations"), "/static/dots/app.js"],
])("%s is one page, with a script of its own and the one that spies", (_name, page, script) => {
  expect(page).toMatchObject({ status: 200, contentType: "text/html; charset=utf-8" });
  expect(page.body).toContain(`src="${script}"`);
  expect(page.body).toContain('src="/static/page/spy.js"');
});

test("a page allows no script, style, frame or connection but its own, and a new nonce each time", () => {
  const policies = [jumpcloud("/"), jumpcloud("/"), dots("/")].map(
    ({ headers }) => headers["content-security-policy"] ?? "",
  );
  for (const policy of policies) {
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self' 'nonce-[A-Za-z0-9+/=]+'; style-src 'self';/,
    );
    expect(policy).toContain("frame-src 'self'");
    expect(policy).not.toContain("unsafe");
  }
  expect(new Set(policies).size).toBe(3);
});

test("the key is in no page, only in the answer to generating one", () => {
  const apiKey = "jca_markedMarkedMarkedMarkedMarkedMarked";
  for (const path of ["/", "/login/admin", "/userconsole", "/static/jumpcloud/api-key-dialog.js"]) {
    expect(JSON.stringify(jumpcloud(path, { apiKey }))).not.toContain(apiKey);
  }
  expect(JSON.parse(jumpcloud("/users/generateApiKey", { apiKey }).body)).toEqual({ apiKey });
});

test("without a key of the test's own, the simulator's administrator's is shown", () => {
  expect(demoApiKey).toBe(demoKeyValues.administrator);
});

test("language and direction are the page's; Hebrew runs from right to left by itself", () => {
  expect(dots("/", { lang: "he" }).body).toContain('<html lang="he" dir="rtl">');
  expect(jumpcloud("/", { dir: "rtl" }).body).toContain('<html lang="en" dir="rtl">');
});

test("an option cannot close the script it stands in", () => {
  expect(jumpcloud("/", { wording: "</script><script>" }).body).not.toContain('</script><script>"');
});

describe("files", () => {
  test.each([
    ["/static/page/base.css", "text/css; charset=utf-8"],
    ["/static/jumpcloud/logo.svg", "image/svg+xml"],
    ["/static/dots/app.js", "text/javascript; charset=utf-8"],
  ])("%s is served as %s to both", (path, contentType) => {
    expect(dots(path)).toMatchObject({ status: 200, contentType });
    expect(jumpcloud(path)).toEqual(dots(path));
  });

  test.each([
    "/static/consoles.ts",
    "/static/../package.json",
    "/static/page/..%2f..%2fsecret.js",
    "/static/dots/none.js",
  ])("%s is not found", (path) => {
    expect(dots(path).status).toBe(404);
  });
});

test("both are served over HTTP with their options", async () => {
  consoles = await serveConsoles({
    jumpcloud: { layout: "bottom-left" },
    dots: { withJumpCloudCard: false },
  });
  expect(await (await fetch(consoles.jumpcloudUrl)).text()).toContain('{"layout":"bottom-left"}');
  expect(await (await fetch(consoles.dotsUrl)).text()).toContain('"withJumpCloudCard":false');
});
