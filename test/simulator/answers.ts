/** What the simulated API answers: a status, headers, and a body that is JSON unless it says otherwise. */
export interface Answer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    body: JSON.stringify(value),
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  };
}

export function html(body: string, status = 200): Answer {
  return { status, body, headers: { "content-type": "text/html; charset=utf-8" } };
}

/** Refusals, word for word where FACTS.md has measured them (section 2). */
export const refusals = {
  noKey: (): Answer => ({
    status: 302,
    body: "Found. Redirecting to /login",
    headers: { location: "/login" },
  }),
  /** Also for an expired, revoked or disabled key and for a wrong region: nobody has seen another body. */
  unknownKey: () => json({ error: "Unauthorized", message: "Unauthorized: api key user not found" }, 401),
  noOrganization: () => json({ message: "Unauthorized: no organization selected" }, 401),
  limitTooBig: (maximum: number) =>
    badRequest(`Bad Request: request parameter "limit" exceeds maximum value of ${maximum}`),
  forbidden: (what = "insufficient permissions") => json({ message: `Forbidden: ${what}` }, 403),
  notFound: () => json({ message: "Not Found" }, 404),
  notAllowed: () => json({ message: "Method Not Allowed" }, 405, { allow: "GET" }),
} as const;

export function badRequest(message: string): Answer {
  return json({ message }, 400);
}

export const loginPage = html(
  "<!doctype html><html><head><title>JumpCloud</title></head><body><h1>Login</h1></body></html>",
);
