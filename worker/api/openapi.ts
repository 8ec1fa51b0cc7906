import { z } from "zod";
import { problemDocumentSchema } from "../../shared/problem-document.ts";
import { type ProblemCode, problems } from "../../shared/problems.ts";
import type { Route } from "../../shared/routes/route.ts";
import { routes } from "../../shared/routes.ts";

/** Gives the API's description (OpenAPI 3.1), made from the very schemas that validate. */
export function describeApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = describeRoute(name, route);
    paths[route.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Dots × JumpCloud Connect", version },
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A workspace's token, from a pairing." },
        operator: { type: "http", scheme: "bearer", description: "The operator's token." },
      },
      schemas: { Problem: toJsonSchema(problemDocumentSchema, "output") },
    },
  };
}

function describeRoute(name: string, route: Route): object {
  const pathParameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({
    name: parameter,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const security = {
    none: [],
    operator: [{ operator: [] }],
    viewer: [{ token: [] }],
    admin: [{ token: [] }],
  }[route.auth];
  return {
    operationId: name,
    summary: route.summary,
    security,
    parameters: [...pathParameters, ...describeQuery(route)],
    ...(route.body === undefined ? {} : { requestBody: describeBody(route, route.body) }),
    responses: {
      [route.status]: {
        description: route.summary,
        ...describeAnswer(route),
      },
      ...describeProblems(route),
    },
  };
}

function describeAnswer(route: Route): { content?: object } {
  const content = {
    ...(route.answer && {
      [route.gives ?? "application/json"]: { schema: toJsonSchema(route.answer, "output") },
    }),
    ...(route.alsoGives && { [route.alsoGives]: { schema: { type: "string" } } }),
    // What the data of each event is.
    ...(route.events && { "text/event-stream": { schema: toJsonSchema(route.events, "output") } }),
  };
  return Object.keys(content).length === 0 ? {} : { content };
}

function describeQuery(route: Route): object[] {
  if (route.query === undefined) return [];
  const { properties = {} } = toJsonSchema(route.query, "input") as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

function describeBody(route: Route, body: z.ZodType): object {
  const csv = route.alsoTakes ? { [route.alsoTakes]: { schema: { type: "string" } } } : {};
  return { required: true, content: { "application/json": { schema: toJsonSchema(body, "input") }, ...csv } };
}

function describeProblems(route: Route): Record<string, object> {
  const codes: ProblemCode[] = [...(route.problems ?? []), "rate_limited"];
  if (route.body || route.query) codes.push("invalid_request");
  if (route.body) codes.push("payload_too_large");
  if (route.auth !== "none") codes.push("unauthorized");
  if (route.auth === "admin") codes.push("forbidden");
  if (route.path.includes("{")) codes.push("not_found");
  const byStatus: Record<string, ProblemCode[]> = {};
  for (const code of codes) {
    const status = String(problems[code].status);
    byStatus[status] = [...(byStatus[status] ?? []), code];
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, some]) => [
      status,
      {
        description: some.map((code) => `\`${code}\``).join(", "),
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
