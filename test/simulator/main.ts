import { demoKeyNotes, demoKeyValues } from "./demo-keys.ts";
import { startSimulator } from "./simulator.ts";

/** `npm run simulator`: JumpCloud's API on this machine until SIGTERM or SIGINT. */
const { PORT = "8788", DEVICES = "1000", SEED = "1", LATENCY_MS = "0" } = process.env;

const simulator = await startSimulator({
  port: Number(PORT),
  devices: Number(DEVICES),
  seed: Number(SEED),
  latencyMs: Number(LATENCY_MS),
});

console.log(`ready ${simulator.url}`);
for (const [name, value] of Object.entries(demoKeyValues)) {
  console.log(`${value}  ${demoKeyNotes[name as keyof typeof demoKeyNotes]}`);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
