import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Control, createControl } from "./control.ts";
import { createFaults, type FaultSource, type Faults } from "./faults.ts";
import { createRequestLog, type RequestLog, type RequestRecord } from "./request-log.ts";
import { type Call, createApi } from "./routes.ts";
import { send, sendFault } from "./send.ts";
import { buildTenant, type Tenant } from "./tenant.ts";

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  host?: string;
  devices?: number;
  seed?: number;
  latencyMs?: number;
  /** Replaces the generated demo tenant. */
  tenant?: Tenant;
}

export interface Simulator {
  readonly url: string;
  readonly tenant: Tenant;
  readonly requests: RequestRecord[];
  inFlightMax: number;
  resetStats(): void;
  faults: Faults;
  close(): Promise<void>;
}

/** Starts JumpCloud's API on this machine: one server for all three regions. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = "127.0.0.1", devices = 1000, seed = 1, latencyMs = 0 } = options;
  const tenant = options.tenant ?? buildTenant({ devices, seed });
  const log = createRequestLog();
  const faults = createFaults(latencyMs, seed);
  const serve = createHandler(tenant, log, faults);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The simulator has no port.");
  return {
    url: `http://${host}:${address.port}`,
    tenant,
    requests: log.requests,
    get inFlightMax() {
      return log.inFlightMax;
    },
    set inFlightMax(value) {
      log.inFlightMax = value;
    },
    resetStats: () => log.reset(),
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The latency is what a client waits: the time that making the answer took is a part of it, and a timer's own
 * lateness, a millisecond or two, is not.
 */
async function until(due: number): Promise<void> {
  const ms = Math.floor(due - performance.now());
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
}

function createHandler(tenant: Tenant, log: RequestLog, faults: FaultSource) {
  const api = createApi(tenant);
  const control: Control = createControl(tenant, log, faults);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrivedAt = performance.now();
    const call = await readCall(request);
    if (call.url.pathname.startsWith("/__sim/")) {
      send(response, control(call));
      return;
    }
    const record = recordOf(call, request);
    response.once("close", log.begin(record));
    faults.begin(tenant);
    const fault = faults.draw(call.url.pathname);
    if (fault !== undefined) record.fault = fault;
    const answer = faults.alter(call.url, api(call));
    await until(arrivedAt + faults.delayMs());
    if (response.destroyed) return;
    record.status = fault === undefined ? send(response, answer) : sendFault(response, fault, faults, answer);
  };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", "http://simulator"),
    apiKey: headerOf(request, "x-api-key"),
    orgId: headerOf(request, "x-org-id"),
    region: headerOf(request, "x-simulated-region"),
    body: Buffer.concat(chunks).toString(),
  };
}

function recordOf(call: Call, request: IncomingMessage): RequestRecord {
  const accept = headerOf(request, "accept");
  const userAgent = headerOf(request, "user-agent");
  return {
    method: call.method,
    path: call.url.pathname,
    query: Object.fromEntries(call.url.searchParams),
    headers: {
      hasApiKey: call.apiKey !== undefined,
      ...(call.orgId === undefined ? {} : { orgId: call.orgId }),
      ...(call.region === undefined ? {} : { region: call.region }),
      ...(accept === undefined ? {} : { accept }),
      ...(userAgent === undefined ? {} : { userAgent }),
    },
    startedAt: Date.now(),
    status: 0,
  };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
