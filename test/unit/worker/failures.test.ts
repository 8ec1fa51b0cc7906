import { expect, test } from "vitest";
import { readFailure } from "../../../worker/jumpcloud/failures.ts";

/** FACTS.md, section 2: what JumpCloud's statuses really mean. */
test.each([
  [200, "{}", undefined],
  [302, "", "key_rejected"],
  [401, '{"error":"Unauthorized","message":"Unauthorized: api key user not found"}', "key_rejected"],
  [401, '{"message":"Unauthorized: no organization selected"}', "organization_required"],
  [403, '{"message":"Forbidden"}', "not_permitted"],
  [403, "<html>your IP has been blocked</html>", "unavailable"],
  [404, "{}", "unknown_organization"],
  [400, '{"message":"Bad Request"}', "refused"],
  [429, "", "rate_limited"],
  [503, "<html>", "unavailable"],
])("status %i with %j means %s", (status, text, kind) => {
  expect(readFailure(status, new Headers(), text)?.kind).toBe(kind);
});

test.each([
  ["7", 7000],
  ["3600", 60_000],
  ["soon", undefined],
])("Retry-After %j is honoured, up to a minute", (value, ms) => {
  expect(readFailure(429, new Headers({ "retry-after": value }), "")).toMatchObject({ retryAfterMs: ms });
});
