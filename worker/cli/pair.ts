import { roleSchema, workspaceSchema } from "../../shared/access.ts";
import { callAsOperator, fail } from "./operator.ts";

/** `npm run pair -- <workspace> [viewer]`: prints a pairing link of the Worker at WORKER_URL. */
const [name, chosen = "admin"] = process.argv.slice(2);
const workspace = workspaceSchema.safeParse(name);
const role = roleSchema.safeParse(chosen);
if (!workspace.success || !role.success)
  fail("Usage: npm run pair -- <workspace> [viewer]. A workspace is 1 to 63 of a-z, 0-9 and -.");

const { link } = await callAsOperator("createPairing", { workspace: workspace.data, role: role.data });
console.log(link);
