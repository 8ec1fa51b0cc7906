import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { previewDays, syncDays } from "../../../worker/schedule/prune.ts";

const worker = path.join(import.meta.dirname, "../../../worker");
const documented = readFileSync(path.join(worker, "STORAGE.md"), "utf8");

test("STORAGE.md names the days that things are really kept", () => {
  expect(documented).toContain(`a preview ${previewDays} days after it began, the others after ${syncDays}`);
});
