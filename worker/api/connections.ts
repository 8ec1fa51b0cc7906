import type { Connection, ConnectionCheck, CreatedConnection } from "../../shared/connections.ts";
import { last4 } from "../../shared/key-shape.ts";
import type { Env, Settings } from "../env.ts";
import { checkKey } from "../jumpcloud/check-key.ts";
import { Problem } from "../problem.ts";
import type { ConnectionRecord } from "../register/connections.ts";
import type { Register } from "../register/register.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { nextSyncAt } from "../schedule/due.ts";
import type { SecretPlace } from "../vault/envelope.ts";
import { openVault, signWith, type Vault } from "../vault/vault.ts";
import { type App, endpoint } from "./endpoint.ts";

const hoursBetweenSyncs = 6;

/** Connections to JumpCloud organizations, and the custody of their keys. */
export function serveConnections(app: App): void {
  endpoint(app, "checkConnection", async ({ settings, body }) => {
    const { sendsOrganization: _, ...found } = await checkKey({
      region: body.region,
      sign: signWith(body.apiKey),
      organizationId: body.orgId,
      localBaseUrl: settings.jumpcloudBaseUrl,
    });
    return found satisfies ConnectionCheck;
  });

  endpoint(app, "createConnection", async ({ env, settings, actor, register, body, now }) => {
    const found = await checkKey({
      region: body.region,
      sign: signWith(body.apiKey),
      organizationId: body.orgId,
      localBaseUrl: settings.jumpcloudBaseUrl,
    });
    await refuseSecondConnection(register, found.organization.id);
    const schedule = { everyHours: hoursBetweenSyncs };
    const connection: ConnectionRecord = {
      id: crypto.randomUUID(),
      region: body.region,
      organization: found.organization,
      sendsOrganization: found.sendsOrganization,
      mode: body.mode,
      schedule,
      paused: false,
      status: "active",
      statusSince: now.toISOString(),
      keyVersion: crypto.randomUUID(),
      keyLast4: last4(body.apiKey),
      keyExpiresAt: body.keyExpiresAt === undefined ? found.keyExpiresAt : body.keyExpiresAt,
      role: found.role,
      insights: found.insights,
      deviceCount: found.deviceCount,
      createdAt: now.toISOString(),
      lastSyncAt: null,
      lastSyncId: null,
      nextSyncAt: nextSyncAt(schedule, now),
    };
    const vault = vaultOf(env, settings);
    // The key first: a connection without its key would be of no use, a key without its row is swept away here.
    await vault.keep(body.apiKey, placeOf(actor.workspace, connection));
    if (!(await register.connections.add(connection))) {
      await vault.forget(placeOf(actor.workspace, connection));
      await refuseSecondConnection(register, found.organization.id);
      throw new Problem("already_connected");
    }
    const firstSyncId = body.start ? await startFirstSync(env, actor.workspace, connection.id) : null;
    return { ...shown(connection), firstSyncId } satisfies CreatedConnection;
  });

  endpoint(app, "listConnections", async ({ register, query }) => {
    const page = await register.connections.list(query.limit, query.cursor);
    return { items: page.items.map(shown), nextCursor: page.nextCursor };
  });

  endpoint(app, "getConnection", async ({ register, id }) => shown(await findConnection(register, id)));

  endpoint(app, "updateConnection", async ({ register, id, body, now }) => {
    const connection = await findConnection(register, id);
    const patch: Partial<ConnectionRecord> = {};
    if (body.mode !== undefined) patch.mode = body.mode;
    if (body.paused !== undefined) patch.paused = body.paused;
    if (body.keyExpiresAt !== undefined) patch.keyExpiresAt = body.keyExpiresAt;
    if (body.schedule !== undefined) {
      patch.schedule = body.schedule;
      patch.nextSyncAt = nextSyncAt(body.schedule, now);
    }
    await register.connections.update(id, patch);
    return shown({ ...connection, ...patch });
  });

  endpoint(app, "renewKey", async ({ env, settings, actor, register, id, body, now }) => {
    const connection = await findConnection(register, id);
    const found = await checkKey({
      region: connection.region,
      sign: signWith(body.apiKey),
      organizationId: connection.sendsOrganization ? connection.organization.id : undefined,
      localBaseUrl: settings.jumpcloudBaseUrl,
    }).catch((error: unknown) => {
      throw asOtherOrganization(error, connection);
    });
    if (found.organization.id !== connection.organization.id) {
      throw otherOrganization(found.organization.name, connection);
    }
    const renewed: ConnectionRecord = {
      ...connection,
      keyVersion: crypto.randomUUID(),
      keyLast4: last4(body.apiKey),
      keyExpiresAt: body.keyExpiresAt === undefined ? found.keyExpiresAt : body.keyExpiresAt,
      sendsOrganization: found.sendsOrganization,
      role: found.role,
      insights: found.insights,
      status: "active",
      statusSince: connection.status === "active" ? connection.statusSince : now.toISOString(),
    };
    const vault = vaultOf(env, settings);
    await vault.keep(body.apiKey, placeOf(actor.workspace, renewed));
    await register.connections.update(id, renewed);
    await vault.forget(placeOf(actor.workspace, connection));
    return shown(renewed);
  });

  endpoint(app, "deleteConnection", async ({ env, settings, actor, register, id }) => {
    const connection = await findConnection(register, id);
    await vaultOf(env, settings).forget(placeOf(actor.workspace, connection));
    await env.SYNC_RUNS.getByName(id).cancel();
    await register.connections.remove(id);
    return undefined;
  });
}

/** A connection as the API shows it: nothing of the key but its last 4 characters. */
export function shown(connection: ConnectionRecord): Connection {
  const { sendsOrganization: _, keyVersion: __, keyExpiresAt, ...rest } = connection;
  const runs = !connection.paused && connection.status === "active";
  return {
    ...rest,
    ...(keyExpiresAt === undefined ? {} : { keyExpiresAt }),
    nextSyncAt: runs ? connection.nextSyncAt : null,
  };
}

/** Throws `not_found` where the workspace has no such connection. */
export async function findConnection(register: Register, id: string): Promise<ConnectionRecord> {
  const connection = await register.connections.find(id);
  if (connection === undefined) throw new Problem("not_found");
  return connection;
}

async function refuseSecondConnection(register: Register, organizationId: string): Promise<void> {
  const existing = await register.connections.findByOrganization(organizationId);
  if (existing === undefined) return;
  const detail = `${existing.organization.name} is connected already.`;
  throw new Problem("already_connected", { connectionId: existing.id, detail });
}

async function startFirstSync(
  env: Pick<Env, "SYNC_RUNS">,
  workspace: WorkspaceId,
  connectionId: string,
): Promise<string> {
  const run = env.SYNC_RUNS.getByName(connectionId);
  return (await run.start({ workspace, connectionId, kind: "sync", trigger: "connect" })).syncId;
}

/** A key of another tenant that opens several organizations does not open this one. */
function asOtherOrganization(error: unknown, connection: ConnectionRecord): unknown {
  const { code, extras } = error instanceof Problem ? error : { code: undefined, extras: undefined };
  if (code !== "organization_required" || !connection.sendsOrganization) return error;
  return otherOrganization(extras?.organizations?.[0]?.name ?? "another organization", connection);
}

function otherOrganization(name: string, connection: ConnectionRecord): Problem {
  const detail = `This key belongs to ${name}, the connection to ${connection.organization.name}.`;
  return new Problem("other_organization", { detail });
}

function vaultOf(env: Pick<Env, "VAULT">, settings: Settings): Vault {
  return openVault(env.VAULT, settings.masterKeys);
}

function placeOf(workspace: string, connection: ConnectionRecord): SecretPlace {
  return {
    workspace,
    connectionId: connection.id,
    organizationId: connection.organization.id,
    keyVersion: connection.keyVersion,
  };
}
