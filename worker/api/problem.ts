import type { Context } from "hono";
import { problems } from "../../shared/problems.ts";
import { Problem } from "../problem.ts";

const typeBase = "urn:dots-jumpcloud-connect:problem:";

/** Takes whatever was thrown; gives the RFC 9457 answer. What is not a `Problem` is logged and called internal. */
export function answerProblem(error: unknown, context: Context): Response {
  const problem = error instanceof Problem ? error : new Problem("internal");
  if (problem !== error) {
    const { name, message } = error instanceof Error ? error : { name: "unknown", message: "" };
    console.error(JSON.stringify({ event: "request.failed", path: context.req.routePath, name, message }));
  }
  const { status, title } = problems[problem.code];
  const { detail: _, retryAfterSeconds, ...members } = problem.extras;
  const body = {
    type: `${typeBase}${problem.code}`,
    title,
    status,
    detail: problem.message,
    code: problem.code,
    ...members,
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (problem.code === "unauthorized") headers["www-authenticate"] = "Bearer";
  if (retryAfterSeconds !== undefined) headers["retry-after"] = String(retryAfterSeconds);
  return context.newResponse(JSON.stringify(body), status, headers);
}
