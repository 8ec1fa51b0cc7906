import type { z } from "zod";
import type { ProblemCode } from "../problems.ts";

/** Who may call: nobody in particular, the operator of the Worker, or a token of at least that role. */
export type RouteAuth = "none" | "operator" | "viewer" | "admin";

export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` for parameters, as in OpenAPI. */
  path: string;
  summary: string;
  auth: RouteAuth;
  query?: z.ZodType;
  body?: z.ZodType;
  /** A content type the body may have besides JSON. */
  alsoTakes?: "text/csv";
  /** A content type the answer has where the request's `Accept` prefers it: the whole list, whatever its length. */
  alsoGives?: "text/csv";
  /** The answer is a stream of server-sent events that each carry this, until there is nothing more to tell. */
  events?: z.ZodType;
  /** The content type of an answer that is not JSON. */
  gives?: "text/calendar";
  status: 200 | 201 | 202 | 204;
  /** Absent where the answer has no body. */
  answer?: z.ZodType;
  /** The codes it can fail with besides those every call has (bad input, no token, unknown id, too many calls). */
  problems?: readonly ProblemCode[];
}
