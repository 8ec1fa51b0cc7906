import type { AuditActor } from "../../shared/audit.ts";
import type { SyncKind, SyncTrigger } from "../../shared/syncs.ts";
import type { WorkspaceId } from "../register/workspace.ts";

/** What starts a run. */
export type StartRequest = {
  workspace: WorkspaceId;
  connectionId: string;
  trigger: SyncTrigger;
  /** Who starts it. */
  by: AuditActor;
} & Task;
type Task =
  | { kind: Extract<SyncKind, "sync" | "preview"> }
  /** `undoes`: the sync to take back. */
  | { kind: Extract<SyncKind, "undo">; undoes: string };
export type StartAnswer = { kind: "started"; syncId: string } | { kind: "running"; syncId: string };

/** What a run's object remembers of the sync it drives; how far it is stands in D1. */
export type Job = StartRequest & {
  syncId: string;
  /** Attempts in a row that failed at the same step. */
  attempts: number;
  failedAtStep?: number | undefined;
  cancelled: boolean;
};
