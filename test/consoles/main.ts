import type { JumpCloudConsoleOptions } from "./consoles.ts";
import { serveConsoles } from "./serve.ts";

/**
 * Both stand-ins on this machine, for looking at. JUMPCLOUD and DOTS may hold options as JSON, such as
 * `JUMPCLOUD='{"layout":"bottom-left","keyIn":"masked"}'`.
 */
const { JUMPCLOUD_PORT = "8790", DOTS_PORT = "8791", JUMPCLOUD = "{}", DOTS = "{}" } = process.env;

const consoles = await serveConsoles({
  jumpcloudPort: Number(JUMPCLOUD_PORT),
  dotsPort: Number(DOTS_PORT),
  jumpcloud: JSON.parse(JUMPCLOUD) as JumpCloudConsoleOptions,
  dots: JSON.parse(DOTS),
});
console.log(`JumpCloud console ${consoles.jumpcloudUrl}/#/home`);
console.log(`Dots console      ${consoles.dotsUrl}/#/integrations`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void consoles.close().then(() => process.exit(0)));
}
