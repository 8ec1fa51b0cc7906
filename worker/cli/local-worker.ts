import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from "wrangler";

/** What a local Worker is started with; the names are those of CONTRACT's settings. */
export interface LocalWorkerOptions {
  port: number;
  /** Where local KV, D1 and the runs live. */
  stateDir: string;
  operatorToken?: string | undefined;
  vaultKeys?: string | undefined;
  jumpcloudBaseUrl?: string | undefined;
  /** How long one request to JumpCloud may take: tests need not wait as long as production does. */
  jumpcloudTimeoutMs?: number | undefined;
  /** Lets V8's inspector in, so that the Worker's own heap can be looked at. */
  inspector?: boolean | undefined;
}

export interface LocalWorker {
  url: string;
  operatorToken: string;
  /** Where the inspector of the Worker's isolate listens (WebSocket); nothing where it was not asked for. */
  inspectorUrl: string | undefined;
  close(): Promise<void>;
}

const workerDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const configPath = path.join(workerDir, "wrangler.jsonc");

/**
 * Starts the Worker in workerd with real KV, D1 and Durable Objects on disk, its database migrated.
 * Secrets that are not given are made once and kept in `stateDir`. Throws where the port is taken.
 */
export async function startLocalWorker(options: LocalWorkerOptions): Promise<LocalWorker> {
  await mkdir(options.stateDir, { recursive: true });
  const secrets = await readSecrets(options);
  const configured = unstable_getMiniflareWorkerOptions(configPath).workerOptions as V4WorkerOptions;
  const workers: V4WorkerOptions[] = [
    {
      name: "door",
      ...(configured.compatibilityDate ? { compatibilityDate: configured.compatibilityDate } : {}),
      // Lets a Worker fire another one's cron.
      compatibilityFlags: ["service_binding_extra_handlers"],
      modules: [{ type: "ESModule", path: "door.mjs", contents: door }],
      serviceBindings: { WORKER: "app" },
    },
    {
      ...configured,
      name: "app",
      ...(configured.ratelimits && { ratelimits: widened(configured.ratelimits) }),
      modules: [{ type: "ESModule", path: "index.mjs", contents: await bundle() }],
      bindings: {
        ...configured.bindings,
        ENVIRONMENT: "local",
        OPERATOR_TOKEN: secrets.operatorToken,
        VAULT_KEYS: secrets.vaultKeys,
        ...(options.jumpcloudBaseUrl ? { JUMPCLOUD_BASE_URL: options.jumpcloudBaseUrl } : {}),
        ...(options.jumpcloudTimeoutMs ? { JUMPCLOUD_TIMEOUT_MS: String(options.jumpcloudTimeoutMs) } : {}),
      },
    },
  ];
  endWorkerdWithThisProcess();
  setV8Flags(options.inspector === true);
  await portIsFree(options.port);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: options.port,
      resourcePersistencePath: path.resolve(options.stateDir),
      log: new Log(LogLevel.WARN),
      logRequests: false,
      telemetry: { enabled: false },
      cf: false,
      ...(options.inspector ? { inspectorPort: 0 } : {}),
      workers,
    }),
  );
  const url = await miniflare.ready;
  await migrate(await miniflare.getD1Database("DB", "app"));
  return {
    url: url.origin,
    operatorToken: secrets.operatorToken,
    inspectorUrl: options.inspector ? `${(await miniflare.getInspectorURL()).href}core:user:app` : undefined,
    close: () => miniflare.dispose(),
  };
}

/**
 * Scripts and tests ask a local Worker as fast as it answers, all of them from one address: what bounds calls is wide
 * here. Guesses are bounded as everywhere.
 */
function widened(limits: NonNullable<V4WorkerOptions["ratelimits"]>): typeof limits {
  return Object.fromEntries(
    Object.entries(limits).map(([name, { simple, ...rest }]) => {
      const limit = name === "GUESSES_BY_ADDRESS" ? simple.limit : simple.limit * 10;
      return [name, { ...rest, simple: { ...simple, limit } }];
    }),
  );
}

/**
 * What stands in front of the Worker locally: the address that fires the cron, as in every Worker. Browsers say whether
 * a page asked (Fetch Metadata): none may, for a tick in a far future prunes what is kept.
 */
const door = `export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/cdn-cgi/handler/scheduled") return env.WORKER.fetch(request);
    if (!["none", null].includes(request.headers.get("sec-fetch-site")))
      return new Response("not from a page", { status: 403 });
    const time = Number(searchParams.get("time") ?? Date.now());
    if (!Number.isFinite(time)) return new Response("time must be epoch milliseconds", { status: 400 });
    const { outcome } = await env.WORKER.scheduled({
      scheduledTime: new Date(time),
      cron: searchParams.get("cron") ?? "",
    });
    return new Response(outcome, { status: outcome === "ok" ? 200 : 500 });
  },
};`;

/** See workerd.sh; both names are read when workerd is spawned. */
function endWorkerdWithThisProcess(): void {
  const fromMiniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  process.env.WORKERD_BINARY = fromMiniflare("workerd").default;
  process.env.MINIFLARE_WORKERD_PATH = path.join(workerDir, "cli/workerd.sh");
}

/**
 * An isolate has as much as where it is deployed (ENGINE.md, section 0): what would not fit there does not fit here.
 * The inspector's own request for a collection is never answered; `gc()` is.
 */
function setV8Flags(exposesGc: boolean): void {
  const flags = ["--max-heap-size=128", ...(exposesGc ? ["--expose-gc"] : [])];
  process.env.MINIFLARE_WORKERD_V8_FLAGS = givenV8Flags ?? flags.join(" ");
}
const givenV8Flags = process.env.MINIFLARE_WORKERD_V8_FLAGS;

/** Waits a moment for a port that a Worker just killed may still hold; throws where it stays taken. */
async function portIsFree(port: number): Promise<void> {
  for (let tries = 30; ; tries -= 1) {
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (free) return void (await new Promise((resolve) => probe.close(resolve)));
    if (tries === 0)
      throw new Error(`Port ${port} is taken. Stop what listens there, or set PORT to another one.`);
    await wait(100);
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(workerDir, "index.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    logLevel: "error",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("The Worker's bundle is empty.");
  return file.text;
}

/** Applies what is new in migrations/, each file whole or not at all, and remembers it as wrangler does. */
async function migrate(db: Awaited<ReturnType<Miniflare["getD1Database"]>>): Promise<void> {
  await db
    .prepare(
      `CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
         applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
    )
    .run();
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const directory = path.join(workerDir, "migrations");
  for (const name of (await readdir(directory)).sort()) {
    if (!name.endsWith(".sql") || applied.has(name)) continue;
    const statements = unstable_splitSqlQuery(await readFile(path.join(directory, name), "utf8"));
    await db.batch([
      ...statements.map((sql) => db.prepare(sql)),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").bind(name),
    ]);
  }
}

async function readSecrets(
  options: LocalWorkerOptions,
): Promise<{ operatorToken: string; vaultKeys: string }> {
  const file = path.join(options.stateDir, "secrets.json");
  const kept = await readFile(file, "utf8").then(JSON.parse, () => ({}));
  const made = {
    operatorToken:
      kept.operatorToken ?? Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex"),
    vaultKeys:
      kept.vaultKeys ?? `local:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`,
  };
  if (!kept.operatorToken || !kept.vaultKeys) await writeFile(file, JSON.stringify(made), { mode: 0o600 });
  return {
    operatorToken: options.operatorToken ?? made.operatorToken,
    vaultKeys: options.vaultKeys ?? made.vaultKeys,
  };
}
