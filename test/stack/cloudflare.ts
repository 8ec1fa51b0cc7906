import { createServer, type IncomingMessage } from "node:http";
import { DatabaseSync } from "node:sqlite";

/** A Cloudflare account as `wrangler` meets it: as much of the v4 API as a deployment asks for. */
export interface CloudflareAccount {
  url: string;
  namespaces: { id: string; title: string }[];
  databases: { uuid: string; name: string; content: DatabaseSync }[];
  /** Deployed Workers with the secrets they have. */
  workers: Map<
    string,
    { bindings: { type: string; name: string; [more: string]: unknown }[]; secrets: Map<string, string> }
  >;
  /** Every request that changed something, in order. */
  changes: string[];
  /** Answers the question for a Worker's secrets with an error. */
  failSecrets: boolean;
  close(): Promise<void>;
}

interface Metadata {
  bindings: { type: string; name: string; text?: string }[];
}

/** Starts an empty account on a free port. */
export async function startCloudflare(): Promise<CloudflareAccount> {
  const account: Omit<CloudflareAccount, "url" | "close"> = {
    namespaces: [],
    databases: [],
    workers: new Map(),
    changes: [],
    failSecrets: false,
  };
  const server = createServer(async (request, response) => {
    const { status = 200, result } = await answer(account, request);
    response.writeHead(status, { "content-type": "application/json" });
    const errors = status === 200 ? [] : [result];
    response.end(
      JSON.stringify({
        success: status === 200,
        errors,
        messages: [],
        result,
        result_info: { total_count: 0 },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The account has no port.");
  return Object.assign(account, {
    url: `http://127.0.0.1:${address.port}/client/v4`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

async function answer(
  account: Omit<CloudflareAccount, "url" | "close">,
  request: IncomingMessage,
): Promise<{ status?: number; result: unknown }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? "/", "http://cloudflare");
  const path = url.pathname.replace(/^\/client\/v4(\/accounts\/acme)?/, "");
  // Lists are short here: whatever comes after the first page is empty.
  if (Number(url.searchParams.get("page") ?? 1) > 1) return { result: [] };
  const call = `${request.method} ${path}`;
  if (request.method !== "GET" && !path.endsWith("/query")) account.changes.push(call);
  const json = () => JSON.parse(body.toString());
  const [, script] = /^\/workers\/scripts\/([^/]+)/.exec(path) ?? [];
  const worker = account.workers.get(script ?? "");
  const missing = {
    status: 404,
    result: { code: 10007, message: "This Worker does not exist on your account." },
  };
  if (call === "GET /user") return { result: { id: "user", email: "operator@example.com" } };
  if (call === "GET /memberships") return { result: [{ account: { id: "acme", name: "Acme" } }] };
  if (call === "GET /accounts") return { result: [{ id: "acme", name: "Acme" }] };
  if (call === "GET /storage/kv/namespaces") return { result: account.namespaces };
  if (call === "POST /storage/kv/namespaces") {
    const namespace = { id: "a".repeat(32), title: json().title };
    account.namespaces.push(namespace);
    return { result: namespace };
  }
  if (call === "GET /d1/database")
    return { result: account.databases.map(({ uuid, name }) => ({ uuid, name })) };
  if (call === "POST /d1/database") {
    const database = {
      uuid: "11111111-2222-4333-8444-555555555555",
      name: json().name,
      content: new DatabaseSync(":memory:"),
    };
    account.databases.push(database);
    return { result: { uuid: database.uuid, name: database.name } };
  }
  if (path.endsWith("/query")) return { result: runQuery(account, path, json()) };
  const [, service] = /^\/workers\/services\/([^/]+)$/.exec(path) ?? [];
  if (service) {
    const script = { last_deployed_from: "wrangler" };
    return account.workers.has(service)
      ? { result: { default_environment: { script } } }
      : { status: 404, result: { code: 10090, message: "workers.api.error.service_not_found" } };
  }
  if (path === "/workers/subdomain") return { result: { subdomain: "acme" } };
  if (/^\/workers\/workers\/[^/]+$/.test(path)) {
    return { result: { id: "worker", subdomain: { enabled: true, previews_enabled: false } } };
  }
  if (script && path.endsWith("/deployments")) {
    const versions = [{ version_id: "version", percentage: 100 }];
    const deployment = {
      id: "deployment",
      source: "wrangler",
      created_on: new Date().toISOString(),
      versions,
    };
    return { result: { deployments: worker ? [deployment] : [] } };
  }
  if (script && path.endsWith("/subdomain")) return { result: { enabled: true, previews_enabled: false } };
  if (script && path.endsWith("/secrets")) {
    if (account.failSecrets) return { status: 500, result: { code: 10013, message: "Something broke." } };
    if (!worker) return missing;
    return { result: [...worker.secrets.keys()].map((name) => ({ name, type: "secret_text" })) };
  }
  if (script && request.method === "PUT" && path === `/workers/scripts/${script}`) {
    deploy(account, script, body.toString());
    return { result: { id: script, startup_time_ms: 1 } };
  }
  if (script && !worker) return missing;
  return { result: request.method === "GET" ? [] : {} };
}

/** SQLite is what D1 is: the migrations run for real. */
function runQuery(
  account: Pick<CloudflareAccount, "databases">,
  path: string,
  { sql }: { sql: string },
): unknown {
  const content = account.databases.find(({ uuid }) => path.includes(uuid))?.content;
  const isQuestion = /^\s*SELECT/i.test(sql);
  const results = isQuestion ? content?.prepare(sql).all() : [];
  if (!isQuestion) content?.exec(sql);
  return [{ results, success: true, meta: { served_by: "test", duration: 0, changes: 0, rows_read: 0 } }];
}

function deploy(account: Pick<CloudflareAccount, "workers">, script: string, form: string): void {
  const [, text = "{}"] = /name="metadata"[^\r\n]*(?:\r\n[^\r\n]+)*\r\n\r\n([\s\S]*?)\r\n--/.exec(form) ?? [];
  const { bindings } = JSON.parse(text) as Metadata;
  const secrets = new Map(account.workers.get(script)?.secrets);
  for (const { type, name, text: value = "" } of bindings)
    if (type === "secret_text") secrets.set(name, value);
  account.workers.set(script, { bindings: bindings.filter(({ type }) => type !== "secret_text"), secrets });
}
