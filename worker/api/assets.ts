import { type Asset, assetSchema, importLimits } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";
import { mediaType, readPieces } from "./body.ts";
import { answerCsv } from "./csv.ts";
import { type App, endpoint } from "./endpoint.ts";
import { readImport } from "./import-rows.ts";

/** The workspace's assets, and how existing ones come in. */
export function serveAssets(app: App): void {
  endpoint(app, "summarizeAssets", async ({ register }) => await register.assets.summarize());

  endpoint(app, "listAssets", async ({ register, query, wantsOther }) => {
    const { q, source, missing } = query;
    const read = (limit: number, cursor: string | undefined) =>
      register.assets.list({ q, source, missing }, limit, cursor);
    if (wantsOther) return answerCsv("assets.csv", assetColumns, read);
    return await read(query.limit, query.cursor);
  });

  endpoint(app, "importAssets", async ({ register, request, note }) => {
    const rows = readImport(mediaType(request), readPieces(request, importLimits.bytes));
    return await register.importAssets(rows, note("assets.imported"));
  });

  endpoint(app, "getAsset", async ({ register, id }) => {
    const asset = await register.assets.find(id);
    if (asset === undefined) throw new Problem("not_found");
    return { ...asset, history: await register.readHistory(id) };
  });
}

/** An asset as a row of CSV: its fields as the schema names them. */
const assetColumns: Record<string, (asset: Asset) => string | number | boolean | null | undefined> =
  Object.fromEntries(
    Object.keys(assetSchema.shape).map((field) => [
      field,
      (asset: Asset) => {
        const value = asset[field as keyof Asset];
        return typeof value === "object" ? value && JSON.stringify(value) : value;
      },
    ]),
  );
