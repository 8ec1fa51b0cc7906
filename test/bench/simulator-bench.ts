import { systemFields } from "../../worker/jumpcloud/systems.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { startSimulator } from "../simulator/simulator.ts";

export interface SimulatorFigures {
  devices: number;
  pages: number;
  seconds: number;
  devicesPerSecond: number;
}

/** Walks a fleet straight from the simulator, six pages at a time: no sync can be faster than that. */
export async function benchSimulator(devices: number): Promise<SimulatorFigures> {
  const simulator = await startSimulator({ devices });
  const pages = Math.ceil(devices / 100);
  let next = 0;
  const headers = { "x-api-key": demoKeyValues.administrator };
  const list = `${simulator.url}/api/systems?sort=_id&fields=${encodeURIComponent(systemFields)}`;
  const reader = async () => {
    while (next < pages) {
      const skip = next * 100;
      next += 1;
      const response = await fetch(`${list}&limit=100&skip=${skip}`, { headers });
      const bytes = (await response.arrayBuffer()).byteLength;
      if (bytes < 1000) throw new Error(`The page at ${skip} is empty.`);
    }
  };
  // The first request sorts the fleet, once.
  await fetch(`${list}&limit=1`, { headers });
  const begun = performance.now();
  await Promise.all(Array.from({ length: 6 }, reader));
  const seconds = (performance.now() - begun) / 1000;
  await simulator.close();
  return { devices, pages, seconds, devicesPerSecond: devices / seconds };
}
