import { z } from "zod";
import { askWrangler, DeployError, jsonIn, runWrangler } from "./wrangler.ts";

/** What the account has of what the Worker needs. */
export interface Account {
  name: string;
  namespaceId: string | undefined;
  databaseId: string | undefined;
  /** The names of the Worker's secrets; none where there is no Worker yet. */
  secrets: string[];
}

export const secretNames = ["VAULT_KEYS", "OPERATOR_TOKEN"] as const;

const whoamiSchema = z.object({
  loggedIn: z.boolean(),
  accounts: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
});
const namespacesSchema = z.array(z.object({ id: z.string(), title: z.string() }));
const databasesSchema = z.array(z.object({ uuid: z.string(), name: z.string() }));
const secretsSchema = z.array(z.object({ name: z.string() }));

/** What the KV namespace of a Worker is called in its account. */
export function namespaceTitle(worker: string): string {
  return `${worker}-vault`;
}

/** Looks at the account that wrangler is logged in to. Changes nothing. */
export async function readAccount(worker: string, database: string): Promise<Account> {
  const name = await accountName();
  const [namespaceId, databaseId, secrets] = await Promise.all([
    findNamespace(namespaceTitle(worker)),
    findDatabase(database),
    readSecretNames(worker),
  ]);
  return { name, namespaceId, databaseId, secrets };
}

export async function createNamespace(title: string): Promise<string> {
  await runWrangler(["kv", "namespace", "create", title]);
  return made(await findNamespace(title), `the KV namespace ${title}`);
}

export async function createDatabase(name: string): Promise<string> {
  await runWrangler(["d1", "create", name]);
  return made(await findDatabase(name), `the database ${name}`);
}

async function accountName(): Promise<string> {
  const answer = await askWrangler(["whoami", "--json"]);
  const who = answer.ok ? whoamiSchema.safeParse(jsonIn(answer)).data : undefined;
  if (!who?.loggedIn) {
    throw new DeployError(
      "Nobody is logged in to Cloudflare. Run npx wrangler login, or set CLOUDFLARE_API_TOKEN.",
    );
  }
  const chosen = process.env.CLOUDFLARE_ACCOUNT_ID;
  const accounts = who.accounts ?? [];
  const [account, second] = chosen ? accounts.filter(({ id }) => id === chosen) : accounts;
  if (account && !second) return account.name;
  if (chosen) return chosen;
  if (accounts.length === 0)
    throw new DeployError("Whoever is logged in to Cloudflare has no account there.");
  throw new DeployError(
    `There are several accounts. Set CLOUDFLARE_ACCOUNT_ID to one of them:\n${accounts.map(({ id, name }) => `  ${id}  ${name}`).join("\n")}`,
  );
}

async function findNamespace(title: string): Promise<string | undefined> {
  const list = namespacesSchema.parse(jsonIn(await askWrangler(["kv", "namespace", "list"])));
  return list.find((namespace) => namespace.title === title)?.id;
}

async function findDatabase(name: string): Promise<string | undefined> {
  const list = databasesSchema.parse(jsonIn(await askWrangler(["d1", "list", "--json"])));
  return list.find((database) => database.name === name)?.uuid;
}

/** Only a Worker that is not there has no secrets; any other failure must not lead to new master keys. */
async function readSecretNames(worker: string): Promise<string[]> {
  const answer = await askWrangler(["secret", "list", "--name", worker, "--format", "json"]);
  if (!answer.ok && answer.output.includes(`Worker "${worker}" not found`)) return [];
  return secretsSchema.parse(jsonIn(answer)).map(({ name }) => name);
}

function made(id: string | undefined, what: string): string {
  if (id === undefined)
    throw new DeployError(`Cloudflare does not list ${what} yet. Deploy again in a moment.`);
  return id;
}
