import { workspaceSchema } from "../../shared/access.ts";
import type { WorkspaceId } from "../register/workspace.ts";

/**
 * The one place where a name becomes a workspace somebody may act for. Its callers have checked the operator's
 * token, or Cloudflare Access' word. Throws where the name is none.
 */
export function workspaceNamed(name: string): WorkspaceId {
  return workspaceSchema.parse(name) as WorkspaceId;
}
