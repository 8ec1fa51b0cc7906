import { expect } from "vitest";
import { type Asset, technicalFields } from "../../shared/assets.ts";
import { hasEnded, type Sync } from "../../shared/syncs.ts";
import { Api } from "../stack/api.ts";
import type { ArbitraryDevice, ImportRow, Step } from "./fleets.ts";
import { type ModelAsset, type ModelSync, modelSync } from "./reference-model.ts";
import { type ListedRow, type SimulatedJumpCloud, workerOrigin } from "./simulated-jumpcloud.ts";

const mostMsPerSync = 15_000;
let workspaces = 0;

/** A workspace of its own with two connections, followed step by step by the model. */
export class FollowedRegister {
  readonly #jumpcloud: SimulatedJumpCloud;
  readonly #api: Api;
  readonly #connections: string[] = [];
  readonly #model: ModelAsset[] = [];
  /** Assets that a sync created, by the device that they were created for. */
  readonly #createdFor = new Map<string, string>();

  constructor(jumpcloud: SimulatedJumpCloud, api: Api) {
    this.#jumpcloud = jumpcloud;
    this.#api = api;
  }

  static async open(jumpcloud: SimulatedJumpCloud): Promise<FollowedRegister> {
    workspaces += 1;
    const operator = new Api(workerOrigin, "operator-token-of-the-tests");
    const pairing = { workspace: `followed-${workspaces}`, role: "admin" as const };
    const { link } = await operator.call("createPairing", { body: pairing });
    const register = new FollowedRegister(jumpcloud, await Api.redeem(workerOrigin, link));
    for (const apiKey of jumpcloud.keys) {
      const body = { region: "us", apiKey, mode: "sync", start: false } as const;
      register.#connections.push((await register.#api.call("createConnection", { body })).id);
    }
    return register;
  }

  /** Does a step for real and in the model, twice, and compares all that can be seen of it. */
  async follow({ imported, connection, mode, list }: Step): Promise<void> {
    await this.#import(imported);
    const devices = list.devices.map((device) => ofOrganization(device, connection));
    const rows = list.order.flatMap((place) => devices[place]?.row ?? []);
    const step = { connection, mode, devices };
    const isQuiet = !(await this.#sync(step, rows)).suspicious;
    const before = await this.#api.allAssets();
    await this.#sync(step, rows.toReversed());
    // A resync writes nothing, unless the devices seen first have made the list credible by now.
    if (isQuiet) expect(await this.#api.allAssets()).toEqual(before);
  }

  async #sync(
    { connection, mode, devices }: { connection: 0 | 1; mode: Step["mode"]; devices: ArbitraryDevice[] },
    rows: readonly ListedRow[],
  ): Promise<ModelSync> {
    const models = devices.map(({ model }) => model);
    const expected = modelSync(this.#model, connection, mode, models);
    this.#jumpcloud.list(connection, rows);
    const id = this.#connections[connection] ?? "";
    await this.#api.call("updateConnection", { id, body: { mode } });
    const sync = await this.#ended((await this.#api.call("startSync", { id })).id);
    expect(sync.status).toBe("succeeded");
    expect(sync.counts).toEqual(expected.counts);
    // The simulated organizations have no System Insights, and a sync says so where it has nothing else to say.
    expect(sync.problem?.code).toBe(expected.suspicious ? "suspicious_walk" : "insights_unavailable");
    await this.#compareChanges(sync, expected);
    await this.#compareAssets();
    return expected;
  }

  async #ended(id: string): Promise<Sync> {
    for (const until = Date.now() + mostMsPerSync; Date.now() < until; ) {
      const sync = await this.#api.call("getSync", { id });
      if (hasEnded(sync.status)) return sync;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    throw new Error(`The sync ${id} did not end within ${mostMsPerSync} ms.`);
  }

  async #compareChanges(sync: Sync, expected: ModelSync): Promise<void> {
    const changes = await this.#api.allChanges(sync.id);
    if (!expected.suspicious) {
      const said = changes.map(({ systemId, reason, outcome }) => [systemId, reason ?? outcome]);
      expect(said.sort()).toEqual([...expected.outcomes].sort());
    }
    for (const { before, after, outcome } of changes) {
      const allowed: string[] = [...technicalFields, "systemId", "missingSince"];
      if (outcome === "created") allowed.push("name", "type");
      for (const field of Object.keys({ ...before, ...after })) expect(allowed).toContain(field);
      for (const value of Object.values(after ?? {})) expect(value).not.toBe("");
    }
  }

  async #compareAssets(): Promise<void> {
    const assets = await this.#api.allAssets();
    for (const { id, source, systemId } of assets) {
      if (source === "jumpcloud" && !this.#createdFor.has(id)) this.#createdFor.set(id, `new ${systemId}`);
    }
    const real = inOrder(assets.map((asset) => this.#shown(asset)));
    expect(real).toEqual(inOrder(this.#model.map(shownByModel)));
  }

  async #import(rows: readonly ImportRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#api.call("importAssets", { body: { items: [...rows] } });
    for (const { id, serialNumber, manufacturer, ...own } of rows) {
      let asset = this.#model.find((one) => one.id === id);
      if (asset === undefined) {
        asset = newAsset(id);
        this.#model.push(asset);
      }
      asset.serialNumber = serialNumber?.trim() || null;
      if (manufacturer !== undefined) asset.technical.manufacturer = manufacturer;
      Object.assign(asset.own, own);
    }
  }

  #shown(asset: Asset) {
    const { serialNumber, lastContactAt, ...fields } = asset;
    const technical = technicalFields.map((field) => [field, (fields as Partial<Asset>)[field] ?? null]);
    const own = (["name", "status", "location", "notes"] as const).map((field) => [field, asset[field]]);
    return {
      id: this.#createdFor.get(asset.id) ?? asset.id,
      source: asset.source,
      systemId: asset.systemId ?? null,
      missing: asset.missingSince !== undefined,
      lastContactAt,
      serialNumber,
      technical: known(technical),
      own: known(own),
    };
  }
}

function newAsset(id: string): ModelAsset {
  return {
    id,
    source: "import",
    connection: null,
    systemId: null,
    missing: false,
    serialNumber: null,
    lastContactAt: null,
    technical: {},
    own: {},
  };
}

/** An asset in words that both sides have. */
function shownByModel({ connection: _, technical, own, ...asset }: ModelAsset) {
  return { ...asset, technical: known(Object.entries(technical)), own: known(Object.entries(own)) };
}

function known(entries: unknown[][]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** A device that returns after its asset went to another one has a second asset made for it. */
function inOrder<Shown extends { id: string; systemId: string | null }>(assets: Shown[]): Shown[] {
  const name = ({ id, systemId }: Shown) => `${id} ${systemId}`;
  return assets.sort((one, other) => (name(one) < name(other) ? -1 : 1));
}

/** Two organizations have no device in common. */
function ofOrganization({ row, model }: ArbitraryDevice, connection: 0 | 1): ArbitraryDevice {
  const id = connection === 0 ? model.id : model.id.replace(/^5f/, "6f");
  return { row: { ...row, _id: id, id }, model: { ...model, id } };
}
