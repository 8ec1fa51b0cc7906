import type { JumpCloud } from "../../../worker/jumpcloud/client.ts";
import { JumpCloudFailure, readFailure } from "../../../worker/jumpcloud/failures.ts";
import { demoKeyValues } from "../../simulator/demo-keys.ts";
import { createApi } from "../../simulator/routes.ts";
import type { Tenant } from "../../simulator/tenant.ts";

/** A request as it came. */
export interface Asked {
  path: string;
  query: URLSearchParams;
}

export interface DirectJumpCloud extends JumpCloud {
  asked: Asked[];
}

/** JumpCloud's own answers to a key of the tenant's first organization, without HTTP. `change`: before each answer. */
export function jumpcloudOf(tenant: Tenant, change: (request: number) => void = () => {}): DirectJumpCloud {
  const api = createApi(tenant);
  const asked: Asked[] = [];
  return {
    region: "us",
    asked,
    requests: () => asked.length,
    lull: async () => {},
    async get(path, query = {}) {
      const url = new URL(`http://jumpcloud.test/api${path}`);
      url.search = new URLSearchParams(query).toString();
      asked.push({ path, query: url.searchParams });
      change(asked.length);
      const call = { method: "GET", url, orgId: undefined, region: undefined, body: "" };
      const { status, headers, body } = api({ ...call, apiKey: demoKeyValues.administrator });
      const failure = readFailure(status, new Headers(headers), body);
      if (failure) throw new JumpCloudFailure(failure);
      return JSON.parse(body);
    },
  };
}
