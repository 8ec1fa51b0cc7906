import type { Role } from "../../shared/access.ts";
import type { AuditActor } from "../../shared/audit.ts";
import type { WorkspaceId } from "../register/workspace.ts";

/** Who makes a request for a workspace, as far as the Worker has checked it. */
export interface Actor {
  workspace: WorkspaceId;
  role: Role;
  /** As the audit names them. */
  by: AuditActor;
}
