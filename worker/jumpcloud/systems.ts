import { z } from "zod";
import type { JumpCloud } from "./client.ts";
import { JumpCloudFailure } from "./failures.ts";

/** FACTS.md, section 4: more than 100 is refused. */
export const systemsPerPage = 100;

/**
 * The only fields ever asked for: no user, no e-mail, no address is among them (CONTRACT, sync rule 6).
 * Separated by spaces: a comma would be read as one unknown field (FACTS.md, section 4).
 */
export const systemFields = [
  "_id",
  "serialNumber",
  "hostname",
  "displayName",
  "os",
  "osFamily",
  "version",
  "hwVendor",
  "agentVersion",
  "lastContact",
  "fde",
].join(" ");

const text = z.string().max(1000).nullish();

/** Nothing is required and nearly all can be null (FACTS.md, section 3); unknown fields are dropped here. */
const systemSchema = z.object({
  serialNumber: text,
  hostname: text,
  displayName: text,
  os: text,
  osFamily: text,
  version: text,
  hwVendor: text,
  agentVersion: text,
  lastContact: text,
  fde: z.object({ active: z.boolean().nullish() }).nullish(),
});
const identitySchema = z.object({
  _id: z.string().min(1).max(64).nullish(),
  id: z.string().min(1).max(64).nullish(),
});
const pageSchema = z.object({ results: z.array(z.unknown()), totalCount: z.int().min(0) });

export type SystemFields = z.infer<typeof systemSchema>;

/** A row of JumpCloud's list: a system, or a record that could not be read. */
export type SystemRecord =
  | { kind: "system"; systemId: string; fields: SystemFields }
  | { kind: "invalid"; systemId: string };

export interface SystemsPage {
  skip: number;
  totalCount: number;
  records: SystemRecord[];
}

/** Takes an offset; gives that page of systems, sorted by `_id` (else rows repeat and go missing). */
export async function listSystems(jumpcloud: JumpCloud, skip: number): Promise<SystemsPage> {
  const answer = await jumpcloud.get("/systems", {
    limit: String(systemsPerPage),
    skip: String(skip),
    sort: "_id",
    fields: systemFields,
  });
  const page = pageSchema.safeParse(answer);
  if (!page.success) throw new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
  const { results, totalCount } = page.data;
  return { skip, totalCount, records: results.map((row, index) => readSystem(row, skip + index)) };
}

/** Whether a key may list devices, and how many there are: what `GET /systems` says decides. */
export async function countSystems(jumpcloud: JumpCloud): Promise<number> {
  const answer = await jumpcloud.get("/systems", { limit: "1", skip: "0", sort: "_id", fields: "_id" });
  const page = pageSchema.safeParse(answer);
  if (!page.success) throw new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
  return page.data.totalCount;
}

function readSystem(row: unknown, offset: number): SystemRecord {
  const identity = identitySchema.safeParse(row);
  const systemId = identity.success ? (identity.data._id ?? identity.data.id) : undefined;
  // A record without an id still counts as a device, so that the counts add up; its place names it.
  if (systemId == null) return { kind: "invalid", systemId: `no-id-at-${offset}` };
  const fields = systemSchema.safeParse(row);
  return fields.success ? { kind: "system", systemId, fields: fields.data } : { kind: "invalid", systemId };
}

/** FACTS.md, section 4: v1 filters take `$in` with values split by `|`; a page holds a hundred. */
export async function listedAmong(jumpcloud: JumpCloud, systemIds: readonly string[]): Promise<Set<string>> {
  const listed = new Set<string>();
  for (let at = 0; at < systemIds.length; at += systemsPerPage) {
    const some = systemIds.slice(at, at + systemsPerPage);
    const answer = await jumpcloud.get("/systems", {
      limit: String(systemsPerPage),
      skip: "0",
      sort: "_id",
      fields: "_id",
      filter: `_id:$in:${some.join("|")}`,
    });
    const page = pageSchema.safeParse(answer);
    if (!page.success) throw new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
    for (const [index, row] of page.data.results.entries()) listed.add(readSystem(row, at + index).systemId);
  }
  return listed;
}
