import { Audit } from "../register/audit.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { rotate } from "../vault/rotation.ts";
import { type App, endpoint } from "./endpoint.ts";

/** The operator's care of the vault. */
export function serveVault(app: App): void {
  endpoint(app, "rotateVault", async ({ env, settings, body, note }) => {
    const { master, rewrapped, unreadable, nextCursor } = await rotate(
      env,
      settings.masterKeys,
      body.cursor ?? "",
    );
    const connections = new Map<WorkspaceId, number>();
    for (const { workspace } of rewrapped) connections.set(workspace, (connections.get(workspace) ?? 0) + 1);
    for (const [workspace, count] of connections) {
      const details = { master, connections: count };
      await new Audit(env.DB, workspace).note(note("vault.rotated", { details }));
    }
    return { master, rewrapped: rewrapped.length, unreadable, nextCursor };
  });
}
