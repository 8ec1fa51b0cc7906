import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** Every file of Worker tests begins with the real schema. */
await applyD1Migrations(env.DB, (env as { MIGRATIONS: D1Migration[] }).MIGRATIONS);
