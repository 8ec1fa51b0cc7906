import type { ServerResponse } from "node:http";
import { type Answer, html, json, loginPage, refusals } from "./answers.ts";
import type { FaultName, Faults } from "./faults.ts";

/** Writes an answer; gives its status. */
export function send(response: ServerResponse, answer: Answer): number {
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  response.end(answer.body);
  return answer.status;
}

/** Serves a fault instead of the answer; gives the status, 0 where none came through whole. */
export function sendFault(
  response: ServerResponse,
  fault: FaultName,
  faults: Faults,
  answer: Answer,
): number {
  switch (fault) {
    case "rate_limited":
      return send(response, json({ message: "Too Many Requests" }, 429));
    case "rate_limited_retry_after":
      return send(
        response,
        json({ message: "Too Many Requests" }, 429, { "retry-after": String(faults.retryAfterSeconds) }),
      );
    case "internal_error":
      return send(response, json({ message: "Internal Server Error" }, 500));
    case "bad_gateway":
      return send(response, html("<html><body><h1>502 Bad Gateway</h1></body></html>", 502));
    case "unavailable":
      return send(response, html("<html><body><h1>503 Service Unavailable</h1></body></html>", 503));
    case "blocked":
      return send(
        response,
        html("<html><body>Your IP has been blocked due to suspected abuse</body></html>", 403),
      );
    case "html":
      return send(response, loginPage);
    case "login_redirect":
      return send(response, refusals.noKey());
    case "half_json":
      return send(response, { ...answer, status: 200, body: half(answer.body) });
    case "cut":
      response.writeHead(200, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) + 1 });
      response.write(half(answer.body), () => response.destroy());
      return 0;
    case "hung":
      return 0;
  }
}

function half(body: string): string {
  return body.slice(0, Math.ceil(body.length / 2));
}
