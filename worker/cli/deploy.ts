import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { experimental_readRawConfig } from "wrangler";
import {
  type Account,
  createDatabase,
  createNamespace,
  namespaceTitle,
  readAccount,
  secretNames,
} from "./account.ts";
import { DeployError, runWrangler } from "./wrangler.ts";

/**
 * `npm run deploy [-- --yes] [-- --dry-run] [-- --name <worker>]`: the Worker to Cloudflare, migrations first.
 * Makes what the account lacks, says what it made, and can be run again at any time.
 */
const workerDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const workDir = path.resolve(".wrangler/deploy");

try {
  await main();
} catch (error) {
  if (!(error instanceof DeployError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const options = readOptions();
  const { config } = readConfig(options.name);
  if (options.dryRun) return await rehearse(config);
  const account = await readAccount(config.name, config.database);
  await agree(planOf(config, account), options.yes);
  const namespaceId = account.namespaceId ?? (await createNamespace(namespaceTitle(config.name)));
  const databaseId = account.databaseId ?? (await createDatabase(config.database));
  const configFile = await writeConfig(config, { namespaceId, databaseId });
  await runWrangler(["d1", "migrations", "apply", "DB", "--remote", "--config", configFile]);
  const secrets = await makeSecrets(config.name, account);
  await runWrangler(["deploy", "--config", configFile, ...(secrets ? ["--secrets-file", secrets] : [])]);
  console.log(`\nDeployed ${config.name}.`);
  if (secrets !== undefined) {
    console.log(
      `Its new secrets are in ${path.relative(process.cwd(), secrets)}, readable by you alone. Cloudflare shows them to\n` +
        "nobody: move them to a password manager, then delete the file. OPERATOR_TOKEN makes pairing links\n" +
        "(npm run pair); VAULT_KEYS is needed again when the master key is changed.",
    );
  }
}

interface DeployConfig {
  name: string;
  database: string;
  raw: ReturnType<typeof experimental_readRawConfig>["rawConfig"];
}

function readOptions(): { yes: boolean; dryRun: boolean; name: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { yes: { type: "boolean" }, "dry-run": { type: "boolean" }, name: { type: "string" } },
    });
    return { yes: values.yes ?? false, dryRun: values["dry-run"] ?? false, name: values.name };
  } catch {
    throw new DeployError("Usage: npm run deploy -- [--yes] [--dry-run] [--name <worker>]");
  }
}

function readConfig(name: string | undefined): { config: DeployConfig } {
  const { rawConfig: raw } = experimental_readRawConfig({ config: path.join(workerDir, "wrangler.jsonc") });
  const worker = name ?? raw.name ?? "";
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(worker))
    throw new DeployError("A Worker's name is 1 to 63 of a-z, 0-9 and -.");
  // One database a Worker: a second deployment beside the first must not share its register.
  return { config: { name: worker, database: worker, raw } };
}

/** What will be done, a line each. */
function planOf({ name, database }: DeployConfig, account: Account): string[] {
  const missing = secretNames.filter((secret) => !account.secrets.includes(secret));
  // Keys that the vault holds are sealed with master keys that no longer are the Worker's.
  const orphaned = account.namespaceId !== undefined && missing.includes("VAULT_KEYS");
  return [
    `account:    ${account.name}`,
    `vault:      KV namespace ${namespaceTitle(name)}${account.namespaceId ? "" : " (to be made)"}`,
    `register:   D1 database ${database}${account.databaseId ? "" : " (to be made)"}, migrated`,
    `secrets:    ${missing.length === 0 ? "there already" : `${missing.join(", ")} (to be made)`}`,
    ...(orphaned
      ? [
          "            The vault is there without its VAULT_KEYS: API keys kept in it can no longer be opened and have to",
          `            be renewed. If you have the old value, say no and set it: npx wrangler secret put VAULT_KEYS --name ${name}`,
        ]
      : []),
    `worker:     ${name}, with its cron and the class SyncRun`,
  ];
}

async function agree(plan: string[], yes: boolean): Promise<void> {
  console.log(`This changes your Cloudflare account:\n${plan.map((line) => `  ${line}`).join("\n")}`);
  if (yes) return;
  if (!process.stdin.isTTY) throw new DeployError("There is no terminal to ask at. Add --yes to go ahead.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Go ahead? [y/N] ");
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new DeployError("Nothing was changed.");
}

/** All that can be done without an account: the whole bundle, checked by wrangler, with its bindings. */
async function rehearse(config: DeployConfig): Promise<void> {
  const configFile = await writeConfig(config, { namespaceId: undefined, databaseId: undefined });
  await runWrangler([
    "deploy",
    "--dry-run",
    "--config",
    configFile,
    "--outdir",
    path.join(workDir, "bundle"),
  ]);
  const migrations = (await readdir(path.join(workerDir, "migrations"))).filter((file) =>
    file.endsWith(".sql"),
  );
  console.log(
    `\nA dry run: nothing was sent. A deployment would find or make the KV namespace ${namespaceTitle(config.name)}, the\n` +
      `D1 database ${config.database} and the secrets ${secretNames.join(" and ")}, apply what is new of\n` +
      `${migrations.sort().join(", ")},\nand then deploy ${config.name}.`,
  );
}

/** Writes the configuration with this account's ids beside the build: they belong to no commit. */
async function writeConfig(
  { name, database, raw }: DeployConfig,
  ids: { namespaceId: string | undefined; databaseId: string | undefined },
): Promise<string> {
  await mkdir(workDir, { recursive: true });
  const file = path.join(workDir, "wrangler.json");
  const { $schema: _, ...rest } = raw;
  const config = {
    ...rest,
    name,
    main: path.join(workerDir, raw.main ?? "index.ts"),
    kv_namespaces: (raw.kv_namespaces ?? []).map((namespace: object) => ({
      ...namespace,
      id: ids.namespaceId,
    })),
    d1_databases: (raw.d1_databases ?? []).map((one: object) => ({
      ...one,
      database_name: database,
      database_id: ids.databaseId,
      migrations_dir: path.join(workerDir, "migrations"),
    })),
  };
  await writeFile(file, JSON.stringify(config, null, 2));
  return file;
}

/** Makes the secrets that the Worker lacks; gives the file they are in, which is the operator's alone. */
async function makeSecrets(worker: string, { secrets }: Account): Promise<string | undefined> {
  const random = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
  const values = {
    VAULT_KEYS: `k${new Date().toISOString().slice(0, 10).replaceAll("-", "")}:${random().toString("base64")}`,
    OPERATOR_TOKEN: random().toString("hex"),
  };
  const missing = secretNames.filter((name) => !secrets.includes(name));
  if (missing.length === 0) return undefined;
  const file = path.join(workDir, `secrets-of-${worker}.json`);
  await rm(file, { force: true });
  await writeFile(
    file,
    JSON.stringify(Object.fromEntries(missing.map((name) => [name, values[name]])), null, 2),
    {
      mode: 0o600,
    },
  );
  return file;
}
