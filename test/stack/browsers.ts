import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

/** Where a Chromium that loads unpacked extensions may be: named, installed by Playwright, or the system's. */
export function findChromium(): string {
  return find("Chromium", process.env.CHROMIUM, chromium.executablePath(), ["chromium", "chromium-browser"], {
    playwright: "chromium",
    debian: "chromium",
  });
}

/** Firefox needs to be the system's: the extension is installed over WebDriver BiDi, which Playwright's lacks. */
export function findFirefox(): string {
  return find("Firefox", process.env.FIREFOX, undefined, ["firefox-esr", "firefox"], {
    playwright: undefined,
    debian: "firefox-esr",
  });
}

const hebrew = {
  chromium: {
    package: "chromium-l10n",
    files: (folder: string) => [`${folder}/locales/he.pak`, "/usr/lib/chromium/locales/he.pak"],
  },
  firefox: {
    package: "firefox-esr-l10n-he",
    files: (folder: string) =>
      [folder, "/usr/lib/firefox-esr"].map(
        (each) => `${each}/browser/extensions/langpack-he@firefox-esr.mozilla.org.xpi`,
      ),
  },
};

/** Whether the browser itself can be set to Hebrew; on other systems than Linux nobody has tried. */
export function speaksHebrew(name: "chromium" | "firefox"): boolean {
  if (process.platform !== "linux") return false;
  const folder = path.dirname(name === "chromium" ? findChromium() : findFirefox());
  return hebrew[name].files(folder).some((file) => existsSync(file));
}

/** Playwright's Chromium has every language; Debian's browsers have each in a package of its own. */
export function installHebrew(): void {
  if (process.platform !== "linux") return;
  const missing = (["chromium", "firefox"] as const).filter((name) => !speaksHebrew(name));
  if (missing.length > 0) installFromDebian(...missing.map((name) => hebrew[name].package));
}

function find(
  name: string,
  named: string | undefined,
  downloaded: string | undefined,
  commands: string[],
  install: { playwright: string | undefined; debian: string },
): string {
  const found = () =>
    [named, downloaded, ...commands.map(onPath), ...macApplications(name)].find(isExecutable);
  const present = found();
  if (present) return present;
  console.log(`No ${name} found: installing it.`);
  if (install.playwright)
    spawnSync("playwright-core", ["install", "--with-deps", install.playwright], { stdio: "inherit" });
  if (!found()) installFromDebian(install.debian);
  const installed = found();
  if (installed) return installed;
  throw new Error(`${name} could not be installed. Install it, or set ${name.toUpperCase()} to its path.`);
}

/** With the lists of packages that are there; where they are none or too old, with new ones. */
function installFromDebian(...names: string[]): void {
  const apt = (...words: string[]) => {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return spawnSync("apt-get", words, { stdio: ["ignore", "ignore", "inherit"], env, timeout: 300_000 });
  };
  const install = () => apt("install", "-y", "-qq", "--no-install-recommends", ...names);
  if (install().status === 0) return;
  apt("update", "-qq");
  install();
}

function onPath(command: string): string | undefined {
  const directories = (process.env.PATH ?? "")
    .split(path.delimiter)
    .concat("/usr/bin", "/usr/local/bin", "/snap/bin");
  return directories.map((directory) => path.join(directory, command)).find(isExecutable);
}

function macApplications(name: string): string[] {
  if (process.platform !== "darwin") return [];
  return [`/Applications/${name}.app/Contents/MacOS/${name === "Firefox" ? "firefox" : name}`];
}

function isExecutable(file: string | undefined): file is string {
  if (file === undefined || file === "") return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
