import { callAsOperator } from "./operator.ts";

/**
 * `npm run vault:rotate`: re-wraps every key under the first entry of the Worker's VAULT_KEYS, portion by portion,
 * while the Worker serves. `npm run vault:rotate -- --new-key <id>` prints an entry to put first.
 */
const [option, id = new Date().toISOString().slice(0, 10)] = process.argv.slice(2);
if (option === "--new-key") printNewKey(id);
else await rotateAll();

function printNewKey(name: string): void {
  console.log(`${name}:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`);
}

async function rotateAll(): Promise<void> {
  let rewrapped = 0;
  const unreadable: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const portion = await callAsOperator("rotateVault", cursor === undefined ? {} : { cursor });
    rewrapped += portion.rewrapped;
    unreadable.push(...portion.unreadable);
    cursor = portion.nextCursor;
    if (cursor !== null) continue;
    console.log(`${rewrapped} re-wrapped under "${portion.master}", ${unreadable.length} not readable.`);
  }
  if (unreadable.length > 0) {
    console.error(
      `No master key in VAULT_KEYS opens the keys of these connections: ${unreadable.join(", ")}.\nPut the one that sealed them back into VAULT_KEYS and run this again, or renew those keys.`,
    );
    process.exit(1);
  }
  console.log(
    "Two minutes from now, once KV shows it everywhere, older entries may be taken out of VAULT_KEYS.",
  );
}
