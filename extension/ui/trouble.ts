import type { Connection } from "../../shared/connections.ts";
import type { SyncNoticeCode } from "../../shared/problems.ts";
import type { Sync } from "../../shared/syncs.ts";
import type { Trouble } from "../messages.ts";
import { clock, moment, say, type Word } from "./words.ts";

/** The compiler asks for a sentence for every code there is. */
const sentences: Record<Trouble["code"] | SyncNoticeCode, Word> = {
  offline: "trouble_offline",
  invalid_request: "trouble_invalid_request",
  unauthorized: "trouble_unauthorized",
  forbidden: "trouble_forbidden",
  not_found: "trouble_not_found",
  payload_too_large: "trouble_payload_too_large",
  rate_limited: "trouble_rate_limited",
  already_connected: "trouble_already_connected",
  other_organization: "trouble_other_organization",
  sync_running: "trouble_sync_running",
  needs_key: "trouble_needs_key",
  invalid_key: "trouble_invalid_key",
  wrong_region: "trouble_wrong_region",
  organization_required: "trouble_organization_required",
  not_permitted: "trouble_not_permitted",
  invalid_import: "trouble_invalid_import",
  jumpcloud_unavailable: "trouble_jumpcloud_unavailable",
  jumpcloud_rate_limited: "trouble_jumpcloud_rate_limited",
  internal: "trouble_internal",
  not_configured: "trouble_not_configured",
  suspicious_walk: "trouble_suspicious_walk",
  incomplete_walk: "trouble_incomplete_walk",
  insights_unavailable: "trouble_insights_unavailable",
  changed_since: "trouble_changed_since",
};

/** The sentence for a failure, with the particulars it came with. */
export function sentenceFor(trouble: Trouble): string {
  if (trouble.code === "offline") return say("trouble_offline");
  const { region, role, organization, keyOrganization } = trouble;
  if (trouble.code === "wrong_region" && region !== undefined)
    return say("trouble_wrong_region_named", say(`region_short_${region}`));
  if (trouble.code === "not_permitted" && role !== undefined) return say("trouble_not_permitted_role", role);
  if (trouble.code === "already_connected" && organization !== undefined)
    return say("trouble_already_connected_named", organization);
  if (trouble.code === "other_organization" && organization !== undefined && keyOrganization !== undefined)
    return say("trouble_other_organization_named", keyOrganization, organization);
  return say(sentences[trouble.code]);
}

/** The sentence for what a sync says of itself. `connection`: as it is now, where that is known. */
export function sentenceForSync(sync: Sync, connection?: Connection): string {
  const { problem } = sync;
  if (problem === undefined) return "";
  if (connection?.status === "needs_key")
    return say("trouble_needs_key_since", moment(connection.statusSince));
  if (problem.code === "jumpcloud_unavailable" && connection?.nextSyncAt)
    return say("trouble_jumpcloud_unavailable_at", clock(connection.nextSyncAt, new Date()));
  if (problem.code === "suspicious_walk" && problem.seen !== undefined && problem.known !== undefined)
    return say("trouble_suspicious_walk_of", problem.seen, problem.known);
  return say(sentences[problem.code]);
}
