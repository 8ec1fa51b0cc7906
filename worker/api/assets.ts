import { importLimits } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";
import { mediaType, readText } from "./body.ts";
import { type App, endpoint } from "./endpoint.ts";
import { readImport } from "./import-rows.ts";

/** The workspace's assets, and how existing ones come in. */
export function serveAssets(app: App): void {
  endpoint(app, "summarizeAssets", async ({ register }) => await register.assets.summarize());

  endpoint(app, "listAssets", async ({ register, query }) => {
    const { q, source, missing, limit, cursor } = query;
    return await register.assets.list({ q, source, missing }, limit, cursor);
  });

  endpoint(app, "importAssets", async ({ register, request, note }) => {
    const type = mediaType(request);
    const text = await readText(request, importLimits.bytes);
    const rows = readImport(type, text);
    return await register.importAssets(rows, note("assets.imported", { details: { rows: rows.length } }));
  });

  endpoint(app, "getAsset", async ({ register, id }) => {
    const asset = await register.assets.find(id);
    if (asset === undefined) throw new Problem("not_found");
    return asset;
  });
}
