import type { Sync } from "../../shared/syncs.ts";

/** Names a sync to support: the first thing they ask for. */
export function referenceForSupport(syncId: string): string {
  return `Dots × JumpCloud, sync ${syncId}`;
}

/** What support needs to assign employees to the assets of a sync. For machines and people of any language. */
export function noteForSupport(
  sync: Pick<Sync, "id" | "connectionId" | "counts">,
  assetIds: string[],
): string {
  const { devices, updated, created, unchanged, skipped } = sync.counts;
  return [
    "Dots × JumpCloud: assign employees",
    `connection: ${sync.connectionId}`,
    `sync: ${sync.id}`,
    `devices: ${devices} (updated ${updated}, added ${created}, unchanged ${unchanged}, skipped ${skipped})`,
    `assets: ${assetIds.length}`,
    ...assetIds,
  ].join("\n");
}
