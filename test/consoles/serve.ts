import { createServer } from "node:http";
import {
  type ConsoleResponse,
  type DotsConsoleOptions,
  dotsConsole,
  type JumpCloudConsoleOptions,
  jumpcloudConsole,
} from "./consoles.ts";

export interface ConsolesOptions {
  jumpcloudPort?: number;
  dotsPort?: number;
  jumpcloud?: JumpCloudConsoleOptions;
  dots?: DotsConsoleOptions;
}

export interface Consoles {
  readonly jumpcloudUrl: string;
  readonly dotsUrl: string;
  close(): Promise<void>;
}

/** Serves both stand-ins on this machine, for looking at and for browsers that cannot intercept. */
export async function serveConsoles(options: ConsolesOptions = {}): Promise<Consoles> {
  const jumpcloud = await listen(options.jumpcloudPort ?? 0, (url) =>
    jumpcloudConsole(url, options.jumpcloud),
  );
  const dots = await listen(options.dotsPort ?? 0, (url) => dotsConsole(url, options.dots));
  return {
    jumpcloudUrl: jumpcloud.url,
    dotsUrl: dots.url,
    async close() {
      await Promise.all([jumpcloud.close(), dots.close()]);
    },
  };
}

async function listen(port: number, answer: (url: URL) => ConsoleResponse) {
  const server = createServer((request, response) => {
    const { status, contentType, headers, body } = answer(new URL(request.url ?? "/", "http://console"));
    response.writeHead(status, { ...headers, "content-type": contentType }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The console has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
