import type { AuditActor } from "../../shared/audit.ts";
import { type Env, readSettings } from "../env.ts";
import { createClient, type JumpCloud } from "../jumpcloud/client.ts";
import { SharedPlaces } from "../jumpcloud/shared-places.ts";
import { Audit } from "../register/audit.ts";
import type { RunKey } from "../register/commit.ts";
import { Connections } from "../register/connections.ts";
import { MeteredDb } from "../register/metered-db.ts";
import { PreviewDb } from "../register/preview-db.ts";
import { openPreviewRegister } from "../register/preview-register.ts";
import { openRunRegister } from "../register/run-register.ts";
import { type SyncRecord, Syncs } from "../register/syncs.ts";
import { openUndoRegister } from "../register/undo-register.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { openVault } from "../vault/vault.ts";
import { Drive } from "./drive.ts";
import { Seen } from "./seen.ts";
import { StoredSightings } from "./seen-store.ts";
import { UndoDrive } from "./undo.ts";

/** What a run is to do. */
export type RunningJob = {
  workspace: WorkspaceId;
  connectionId: string;
  syncId: string;
  by: AuditActor;
} & ({ kind: "sync" | "preview" } | { kind: "undo"; undoes: string });

/** What drives a sync. */
export interface Driven {
  drive: Pick<Drive, "work" | "takeCost"> & { progress: { done: number; total: number } };
  /** An undo asks JumpCloud nothing. */
  jumpcloud: JumpCloud | undefined;
  /** What counts for a Worker's limits: requests sent and statements run so far. */
  subrequests: () => number;
  /** Sends nothing from now on, and gives back its part of what the organization's readers share. */
  stop: () => Promise<void>;
}

/** One request of a key that no longer counts must not wait for ever. */
const triesPerRequest = 6;
/** Enough to keep six requests under way while a window is written. */
const mostPagesAhead = 24;
/** Pages that are asked for ahead count for the stretch that asks: most of it is for its own window. */
const shareAhead = 1 / 5;

/**
 * Goes on with a sync from its last commit; gives nothing where its connection, or what it undoes, is gone.
 * `counted` is the database for what is not the drive's own, which counts for itself. `onKey` is told which version
 * of the key is about to be opened: what fails from then on may be about that one.
 */
export async function takeUp(
  env: Env,
  counted: D1Database,
  storage: DurableObjectStorage,
  job: RunningJob,
  sync: SyncRecord,
  onKey: (version: string) => void,
): Promise<Driven | undefined> {
  const { workspace, connectionId, syncId } = job;
  const key: RunKey = { workspace, connectionId, syncId, number: sync.number };
  return job.kind === "undo"
    ? await takeUpUndo(env, counted, key, job.undoes, sync)
    : await takeUpSync(env, counted, storage, job, key, sync, onKey);
}

async function takeUpUndo(
  env: Env,
  counted: D1Database,
  key: RunKey,
  undoes: string,
  sync: SyncRecord,
): Promise<Driven | undefined> {
  const undone = await new Syncs(counted, key.workspace).find(undoes);
  if (undone === undefined) return undefined;
  const db = new MeteredDb(env.DB);
  const register = openUndoRegister(db, key, undoes);
  const { connectionId } = key;
  return {
    drive: new UndoDrive({ register, connectionId, undone: undone.counts, now: () => new Date() }, sync),
    jumpcloud: undefined,
    subrequests: () => db.statements,
    stop: async () => {},
  };
}

async function takeUpSync(
  env: Env,
  counted: D1Database,
  storage: DurableObjectStorage,
  job: RunningJob,
  key: RunKey,
  sync: SyncRecord,
  onKey: (version: string) => void,
): Promise<Driven | undefined> {
  const settings = readSettings(env);
  const connection = await new Connections(counted, job.workspace).find(job.connectionId);
  if (connection === undefined) return undefined;
  const { id, region, organization, keyVersion } = connection;
  const place = { workspace: job.workspace, connectionId: id, organizationId: organization.id, keyVersion };
  onKey(keyVersion);
  const sign = await openVault(env, settings).signer(place);
  const use = {
    actor: job.by,
    at: new Date().toISOString(),
    connectionId: id,
    syncId: job.syncId,
    details: { keyLast4: connection.keyLast4 },
  };
  await new Audit(counted, job.workspace).noteKeyUse(use, sync, keyVersion);
  const limit = env.ORGANIZATION_LIMITS.getByName(`${region}/${organization.id}`);
  const stopping = new AbortController();
  const jumpcloud = createClient({
    region,
    sign,
    organizationId: connection.sendsOrganization ? organization.id : undefined,
    localBaseUrl: settings.jumpcloudBaseUrl,
    timeoutMs: settings.jumpcloudTimeoutMs,
    tries: triesPerRequest,
    places: new SharedPlaces({
      ask: (inFlight) => limit.ask(id, inFlight),
      pause: (ms) => limit.pause(ms),
    }),
    signal: stopping.signal,
  });
  const db = job.kind === "preview" ? new PreviewDb(env.DB) : new MeteredDb(env.DB);
  const store = new StoredSightings(storage);
  const drive = new Drive(
    {
      register: db instanceof PreviewDb ? openPreviewRegister(db, key) : openRunRegister(db, key),
      jumpcloud,
      store,
      rules: { mode: sync.mode, connectionId: id },
      insights: connection.insights,
      expectedTotal: connection.deviceCount,
      pagesAhead: Math.min(mostPagesAhead, Math.floor(settings.subrequestsPerStretch * shareAhead)),
      now: () => new Date(),
    },
    sync,
    await Seen.load(store, sync.step),
  );
  const subrequests = () => jumpcloud.requests() + db.statements;
  const stop = async () => {
    stopping.abort();
    // Places that are not given back lapse.
    await limit.leave(id).catch(() => {});
  };
  return { drive, jumpcloud, subrequests, stop };
}
