import { startLocalWorker } from "./local-worker.ts";

/** `npm run worker`: the Worker alone, local. Settings: README, "The Worker alone". */
const { PORT, STATE_DIR, OPERATOR_TOKEN, VAULT_KEYS, JUMPCLOUD_BASE_URL } = process.env;

const port = Number(PORT ?? 8787);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error("PORT must be a whole number from 0 to 65535.");
  process.exit(2);
}
const worker = await startLocalWorker({
  port,
  stateDir: STATE_DIR || ".wrangler/state",
  operatorToken: OPERATOR_TOKEN || undefined,
  vaultKeys: VAULT_KEYS || undefined,
  jumpcloudBaseUrl: JUMPCLOUD_BASE_URL || undefined,
});
console.log(`ready ${worker.url}`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    worker.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

// npm that is killed outright tells nobody: its script would keep the port and the database.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) worker.close().finally(() => process.exit(0));
  }, 500).unref();
}
