import type { Page } from "playwright-core";
import { type ChromiumSession, launchChromium } from "../stack/chromium.ts";
import { buildExtension, dotsOrigin } from "../stack/extension.ts";
import { spreadOf } from "./spread.ts";

/** How long a content script holds up the page it is put into, in milliseconds over many loads. */
export interface InjectionTime {
  script: string;
  loads: number;
  median: number;
  worst: number;
}

const pages = {
  "jumpcloud.js": "https://console.jumpcloud.com/#/home",
  "dots.js": `${dotsOrigin}/#/integrations`,
};

/** Loads each console anew so often; takes from Chromium's own trace the time of compiling and running the script. */
export async function injectionTimes(loads = 20): Promise<InjectionTime[]> {
  const session = await launchChromium({ extension: buildExtension("chrome") });
  try {
    const times: InjectionTime[] = [];
    for (const [script, address] of Object.entries(pages)) {
      const took: number[] = [];
      for (let load = 0; load < loads; load += 1) took.push(await timeOfLoad(session, address, script));
      const { median, most: worst } = spreadOf(took);
      times.push({ script, loads, median, worst });
    }
    return times;
  } finally {
    await session.close();
  }
}

/** Throws where the trace does not tell of the script: it then was not injected. */
async function timeOfLoad(session: ChromiumSession, address: string, script: string): Promise<number> {
  const page = await session.context.newPage();
  const events = await traced(page, () => page.goto(address));
  await page.close();
  const ofScript = events.filter(({ args }) => args?.data?.url?.endsWith(`/content-scripts/${script}`));
  if (ofScript.length === 0) throw new Error(`${script} was not injected into ${address}.`);
  return ofScript.reduce((sum, { dur = 0 }) => sum + dur / 1000, 0);
}

interface TraceEvent {
  name: string;
  /** Microseconds. */
  dur?: number;
  args?: { data?: { url?: string } };
}

async function traced(page: Page, act: () => Promise<unknown>): Promise<TraceEvent[]> {
  const cdp = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  const categories = ["devtools.timeline", "v8"];
  await cdp.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: categories },
  });
  await act();
  await cdp.send("Tracing.end");
  await complete;
  // One holds the other: what is evaluated is compiled within.
  return events.filter(({ name }) => name === "EvaluateScript");
}
