import { importLimits } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";
import { Assets } from "../register/assets.ts";
import { importAssets } from "../register/import.ts";
import { mediaType, readText } from "./body.ts";
import { type App, endpoint } from "./endpoint.ts";
import { readImport } from "./import-rows.ts";

/** The workspace's assets, and how existing ones come in. */
export function serveAssets(app: App): void {
  endpoint(
    app,
    "summarizeAssets",
    async ({ env, actor }) => await new Assets(env.DB, actor.workspace).summarize(),
  );

  endpoint(app, "listAssets", async ({ env, actor, query }) => {
    const { q, source, missing, limit, cursor } = query;
    return await new Assets(env.DB, actor.workspace).list({ q, source, missing }, limit, cursor);
  });

  endpoint(app, "importAssets", async ({ env, actor, request, now }) => {
    const type = mediaType(request);
    const text = await readText(request, importLimits.bytes);
    const rows = readImport(type, text);
    return await importAssets(env.DB, actor.workspace, rows, now.toISOString());
  });

  endpoint(app, "getAsset", async ({ env, actor, id }) => {
    const asset = await new Assets(env.DB, actor.workspace).find(id);
    if (asset === undefined) throw new Problem("not_found");
    return asset;
  });
}
