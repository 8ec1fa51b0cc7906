import { setTimeout as wait } from "node:timers/promises";
import type { Asset } from "../../shared/assets.ts";
import { type ProblemDocument, problemDocumentSchema } from "../../shared/problem-document.ts";
import type { Route } from "../../shared/routes/route.ts";
import { type RouteAnswer, type RouteBody, type RouteName, routes } from "../../shared/routes.ts";
import type { Change, ChangeOutcome, Sync } from "../../shared/syncs.ts";

export interface CallOptions<N extends RouteName> {
  id?: string;
  query?: Record<string, string>;
  body?: RouteBody<N>;
}

/** Thrown where the API answered with a problem. */
export class ProblemAnswer extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** A client of the Worker's API as any outsider would write it; checks every answer against its schema. */
export class Api {
  readonly origin: string;
  readonly token: string;

  constructor(origin: string, token: string) {
    this.origin = origin;
    this.token = token;
  }

  static async redeem(origin: string, link: string): Promise<Api> {
    const code = new URL(link).hash.slice(1);
    const { token } = await new Api(origin, "").call("redeemPairing", { body: { code, label: "a test" } });
    return new Api(origin, token);
  }

  /** Calls a route; throws `ProblemAnswer` where it failed. */
  async call<N extends RouteName>(name: N, options: CallOptions<N> = {}): Promise<RouteAnswer<N>> {
    const route: Route = routes[name];
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const response = await this.send(name, options.id, options.query, body, "application/json");
    if (!response.ok) throw new ProblemAnswer(problemDocumentSchema.parse(await response.json()));
    if (response.status !== route.status)
      throw new Error(`${name} answered ${response.status}, not ${route.status}`);
    return (route.answer ? route.answer.parse(await response.json()) : undefined) as RouteAnswer<N>;
  }

  /** Calls a route that is expected to fail; gives the problem. */
  async fail<N extends RouteName>(name: N, options: CallOptions<N> = {}): Promise<ProblemDocument> {
    const failed = await this.call(name, options).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failed instanceof ProblemAnswer) return failed.problem;
    if (failed === undefined) throw new Error(`${name} was expected to fail and did not.`);
    throw failed;
  }

  /** Sends whatever body, as raw as it is. */
  async send(name: RouteName, id?: string, query?: Record<string, string>, body?: BodyInit, type?: string) {
    const { method, path }: Route = routes[name];
    const url = new URL(path.replace("{id}", encodeURIComponent(id ?? "")), this.origin);
    url.search = new URLSearchParams(query).toString();
    const headers = new Headers();
    if (this.token !== "") headers.set("authorization", `Bearer ${this.token}`);
    if (body !== undefined && type) headers.set("content-type", type);
    return await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  async importCsv(csv: string): Promise<RouteAnswer<"importAssets">> {
    const response = await this.send("importAssets", undefined, undefined, csv, "text/csv");
    if (!response.ok) throw new ProblemAnswer(problemDocumentSchema.parse(await response.json()));
    return routes.importAssets.answer.parse(await response.json());
  }

  /** Waits until a sync has ended; asks every so many milliseconds. */
  async ended(syncId: string, withinMs = 60_000, everyMs = 50): Promise<Sync> {
    for (const until = Date.now() + withinMs; Date.now() < until; await wait(everyMs)) {
      const sync = await this.call("getSync", { id: syncId });
      if (sync.finishedAt !== undefined) return sync;
    }
    throw new Error(`The sync ${syncId} did not end within ${withinMs} ms.`);
  }

  /** Starts a sync and waits until it has ended. */
  async sync(connectionId: string): Promise<Sync> {
    return await this.ended((await this.call("startSync", { id: connectionId })).id);
  }

  async allAssets(): Promise<Asset[]> {
    const assets: Asset[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query = { limit: "500", ...(cursor === "" ? {} : { cursor }) };
      const page: RouteAnswer<"listAssets"> = await this.call("listAssets", { query });
      assets.push(...page.items);
      cursor = page.nextCursor;
    }
    return assets;
  }

  async allChanges(syncId: string, outcome?: ChangeOutcome): Promise<Change[]> {
    const changes: Change[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query = { limit: "500", ...(cursor === "" ? {} : { cursor }), ...(outcome ? { outcome } : {}) };
      const page: RouteAnswer<"listChanges"> = await this.call("listChanges", { id: syncId, query });
      changes.push(...page.items);
      cursor = page.nextCursor;
    }
    return changes;
  }
}
