import type { ConnectionCheck, CreatedConnection } from "../../shared/connections.ts";
import { last4 } from "../../shared/key-shape.ts";
import type { Actor } from "../access/actor.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import type { ConnectionRecord } from "../register/connections.ts";
import type { Register } from "../register/register.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { nextSyncAt } from "../schedule/due.ts";
import type { SecretPlace } from "../vault/envelope.ts";
import { findConnection, shown } from "./connections.ts";
import { type App, endpoint } from "./endpoint.ts";
import { tryKey } from "./try-key.ts";

const hoursBetweenSyncs = 6;

/** The custody of keys: checking one, connecting with it, renewing and forgetting it. */
export function serveConnectionKeys(app: App): void {
  endpoint(app, "checkConnection", async (call) => {
    const { register, body, note } = call;
    const { sendsOrganization: _, ...found } = await tryKey(call, body, async () => {});
    const details = {
      organization: found.organization.name,
      keyLast4: last4(body.apiKey),
      region: body.region,
    };
    await register.audit.note(note("key.checked", { details }));
    return found satisfies ConnectionCheck;
  });

  endpoint(app, "createConnection", async (call) => {
    const { env, actor, register, vault, body, note, now } = call;
    const found = await tryKey(call, body, async ({ organization }) => {
      await refuseSecondConnection(register, organization.id);
    });
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
    const details = { ...keyDetails(connection), region: connection.region, mode: connection.mode };
    const created = note("connection.created", { connectionId: connection.id, details });
    // The key first: a connection without its key would be of no use, a key without its row is swept away.
    await vault.keep(body.apiKey, placeOf(actor.workspace, connection), now);
    if (!(await register.connections.add(connection, created))) {
      await orSweepLater(vault.forget(placeOf(actor.workspace, connection)));
      await refuseSecondConnection(register, found.organization.id);
      throw new Problem("already_connected");
    }
    const firstSyncId = body.start ? await startFirstSync(env, actor, connection.id) : null;
    return { ...shown(connection), firstSyncId } satisfies CreatedConnection;
  });

  endpoint(app, "renewKey", async (call) => {
    const { env, actor, register, vault, id, body, note, now } = call;
    const connection = await findConnection(register, id);
    const { region, organization, sendsOrganization } = connection;
    const orgId = sendsOrganization ? organization.id : undefined;
    const key = { region, apiKey: body.apiKey, orgId, connectionId: id };
    const found = await tryKey(call, key, async (checked) => {
      if (checked.organization.id !== organization.id)
        throw otherOrganization(checked.organization.name, connection);
    }).catch((error: unknown) => {
      throw asOtherOrganization(error, connection);
    });
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
    await vault.keep(body.apiKey, placeOf(actor.workspace, renewed), now);
    const details = keyDetails(renewed);
    const noted = note("key.renewed", { connectionId: id, details });
    const replaced = await register.connections.replaceKey(id, keyPart(renewed), noted);
    if (replaced === undefined) {
      await orSweepLater(vault.forget(placeOf(actor.workspace, renewed)));
      throw new Problem("not_found");
    }
    await env.SYNC_RUNS.getByName(id).takeNewKey();
    await orSweepLater(vault.forget({ ...placeOf(actor.workspace, connection), keyVersion: replaced }));
    return shown(renewed);
  });

  endpoint(app, "deleteConnection", async ({ env, actor, register, vault, id, note }) => {
    const connection = await findConnection(register, id);
    // From this write on nothing can ask the vault for the key, whatever KV still shows; then a run that holds it ends.
    const details = keyDetails(connection);
    await register.connections.remove(id, note("connection.deleted", { connectionId: id, details }));
    await env.SYNC_RUNS.getByName(id).cancel();
    await orSweepLater(vault.forgetAll(actor.workspace, id));
    return undefined;
  });
}

async function refuseSecondConnection(register: Register, organizationId: string): Promise<void> {
  const existing = await register.connections.findByOrganization(organizationId);
  if (existing === undefined) return;
  const organization = existing.organization.name;
  const detail = `${organization} is connected already.`;
  throw new Problem("already_connected", { connectionId: existing.id, organization, detail });
}

async function startFirstSync(
  env: Pick<Env, "SYNC_RUNS">,
  { workspace, by }: Actor,
  connectionId: string,
): Promise<string> {
  const run = env.SYNC_RUNS.getByName(connectionId);
  return (await run.start({ workspace, connectionId, kind: "sync", trigger: "connect", by })).syncId;
}

/** A key of another tenant that opens several organizations does not open this one. */
function asOtherOrganization(error: unknown, connection: ConnectionRecord): unknown {
  const { code, extras } = error instanceof Problem ? error : { code: undefined, extras: undefined };
  if (code !== "organization_required" || !connection.sendsOrganization) return error;
  return otherOrganization(extras?.organizations?.[0]?.name ?? "another organization", connection);
}

function otherOrganization(name: string, connection: ConnectionRecord): Problem {
  const organization = connection.organization.name;
  const detail = `This key belongs to ${name}, the connection to ${organization}.`;
  return new Problem("other_organization", { organization, keyOrganization: name, detail });
}

/** The key counts no more already; where KV does not answer, the sweep removes its envelope. */
async function orSweepLater(forgetting: Promise<void>): Promise<void> {
  await forgetting.catch((error: unknown) => {
    const name = error instanceof Error ? error.name : "unknown";
    console.error(JSON.stringify({ event: "vault.forget_failed", error: name }));
  });
}

function keyDetails({ organization, keyLast4 }: ConnectionRecord) {
  return { organization: organization.name, keyLast4 };
}

/** What a renewal changes: all else may have changed while JumpCloud was asked. */
function keyPart(renewed: ConnectionRecord): Partial<ConnectionRecord> {
  const { keyVersion, keyLast4, keyExpiresAt, sendsOrganization, role, insights, status, statusSince } =
    renewed;
  return { keyVersion, keyLast4, keyExpiresAt, sendsOrganization, role, insights, status, statusSince };
}

function placeOf(workspace: WorkspaceId, connection: ConnectionRecord): SecretPlace {
  return {
    workspace,
    connectionId: connection.id,
    organizationId: connection.organization.id,
    keyVersion: connection.keyVersion,
  };
}
