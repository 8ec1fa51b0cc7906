import { type ProblemDocument, problemDocumentSchema } from "../shared/problem-document.ts";
import type { Route } from "../shared/routes/route.ts";
import { type RouteAnswer, type RouteName, routes } from "../shared/routes.ts";
import { type Sync, syncSchema } from "../shared/syncs.ts";
import { TroubleError, type WorkerCall } from "./messages.ts";

export interface Worker {
  origin: string;
  token?: string;
}

const patience = 60_000;

/**
 * Calls the Worker's API and checks what it answers. Throws `TroubleError`: the Worker's problem, or `offline`
 * where nothing that speaks its language answered.
 */
export async function callRoute<N extends RouteName>(
  worker: Worker,
  name: N,
  call: Omit<WorkerCall<N>, "route"> = {},
): Promise<RouteAnswer<N>> {
  const route: Route = routes[name];
  const response = await send(worker, route, call, "application/json");
  if (route.answer === undefined) return undefined as RouteAnswer<N>;
  const answer = route.answer.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw new TroubleError({ code: "internal" });
  return answer.data as RouteAnswer<N>;
}

/** Calls a list of the Worker's API; gives the whole of it as CSV. Throws `TroubleError` as `callRoute` does. */
export async function fetchCsv(
  worker: Worker,
  name: "listChanges",
  call: Omit<WorkerCall, "route">,
): Promise<string> {
  const response = await send(worker, routes[name], call, "text/csv");
  if (!response.headers.get("content-type")?.startsWith("text/csv"))
    throw new TroubleError({ code: "internal" });
  return await response.text().catch(() => {
    throw new TroubleError({ code: "offline" });
  });
}

/**
 * Follows a sync by the Worker's server-sent events, until it has ended, the stream breaks or `signal` says stop.
 * Throws `TroubleError` where there is no stream.
 */
export async function* watchSync(worker: Worker, id: string, signal: AbortSignal): AsyncGenerator<Sync> {
  const { body } = await send(worker, routes.watchSync, { id }, "text/event-stream", signal);
  if (body === null) return;
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const events = `${text}${chunk}`.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield syncSchema.parse(JSON.parse(data));
    }
  }
}

async function send(
  worker: Worker,
  route: Route,
  call: Omit<WorkerCall, "route">,
  accept: string,
  signal: AbortSignal = AbortSignal.timeout(patience),
): Promise<Response> {
  const response = await fetch(addressOf(worker.origin, route, call), {
    method: route.method,
    headers: {
      accept,
      ...(worker.token !== undefined && { authorization: `Bearer ${worker.token}` }),
      ...(call.body !== undefined && { "content-type": "application/json" }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    signal,
  }).catch(() => {
    throw new TroubleError({ code: "offline" });
  });
  if (!response.ok) throw new TroubleError((await problemIn(response)) ?? fallback(response.status));
  return response;
}

function addressOf(origin: string, route: Route, call: Omit<WorkerCall, "route">): URL {
  const url = new URL(route.path.replace("{id}", encodeURIComponent(call.id ?? "")), origin);
  for (const [key, value] of Object.entries(call.query ?? {})) url.searchParams.set(key, value);
  return url;
}

async function problemIn(response: Response): Promise<ProblemDocument | undefined> {
  return problemDocumentSchema.safeParse(await response.json().catch(() => undefined)).data;
}

/** Something between us and the Worker answered. */
function fallback(status: number): { code: "offline" | "unauthorized" } {
  return { code: status === 401 ? "unauthorized" : "offline" };
}
