import { installHebrew } from "../stack/browsers.ts";
import { buildForTests } from "../stack/extension.ts";

/** Before the first browser test. */
export default function setup(): void {
  installHebrew();
  buildForTests();
}
