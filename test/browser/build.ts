import { buildForTests } from "../stack/extension.ts";

/** Before the first browser test. */
export default function setup(): void {
  buildForTests();
}
