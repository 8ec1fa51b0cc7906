import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createClient } from "../../../worker/jumpcloud/client.ts";
import { signWith } from "../../../worker/vault/vault.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers with a status and headers; gives its address and the requests it got. */
async function serverWith(status: number, headers: Record<string, string>) {
  const requests: { url: string | undefined; key: unknown }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url, key: request.headers["x-api-key"] });
    response.writeHead(status, headers).end("{}");
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests };
}

test.each([[301], [302], [303], [307], [308]])(
  "an answer that redirects is not followed: the key goes nowhere else (%i)",
  async (status) => {
    const elsewhere = await serverWith(200, {});
    const jumpcloud = await serverWith(status, { location: `${elsewhere.url}/api/systems` });
    const client = createClient({
      region: "us",
      sign: signWith("jca_secret", jumpcloud.url),
      localBaseUrl: jumpcloud.url,
      tries: 1,
    });
    await expect(client.get("/systems")).rejects.toMatchObject({ failure: { kind: "key_rejected" } });
    expect(jumpcloud.requests).toEqual([{ url: "/api/systems", key: "jca_secret" }]);
    expect(elsewhere.requests).toEqual([]);
  },
);
