import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const migrations = await readD1Migrations("worker/migrations");

/** Four rooms of tests: pure functions, the Worker in workerd, whole processes, real browsers. */
export default defineConfig({
  test: {
    // Most of a test's time is waiting, for a browser, a sync or a process: one file a core leaves cores idle.
    maxWorkers: 3,
    projects: [
      {
        test: { name: "unit", include: ["test/unit/**/*.test.ts", "test/structure.test.ts"] },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "worker/wrangler.jsonc" },
            miniflare: {
              bindings: {
                ENVIRONMENT: "local",
                OPERATOR_TOKEN: "operator-token-of-the-tests",
                VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
                JUMPCLOUD_BASE_URL: "http://jumpcloud.test",
                MIGRATIONS: migrations,
              },
            },
          }),
        ],
        test: {
          name: "worker",
          include: ["test/worker/**/*.test.ts"],
          setupFiles: ["test/worker/migrate.ts"],
        },
      },
      {
        test: {
          name: "contract",
          // What these files start are processes of their own; what they import they share.
          isolate: false,
          include: ["test/contract/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          isolate: false,
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ["test/browser/build.ts"],
        },
      },
    ],
  },
});
