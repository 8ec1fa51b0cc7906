import { readFileSync } from "node:fs";
import { Ajv } from "ajv";

/**
 * JumpCloud's Swagger 2.0 as JSON Schema: gives what is wrong with a value, nothing where it fits.
 * `x-nullable` allows null; formats are not looked at.
 */
export function swagger(name: "v1" | "v2") {
  const file = new URL(`./swagger/${name}.json`, import.meta.url);
  const { definitions } = nullable(JSON.parse(readFileSync(file, "utf8"))) as {
    definitions: Record<string, { properties: Record<string, unknown> }>;
  };
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: name, definitions });
  return {
    fieldsOf: (definition: string) => Object.keys(definitions[definition]?.properties ?? {}),
    faultsOf(definition: string, value: unknown) {
      const validate = ajv.getSchema(`${name}#/definitions/${definition}`);
      if (validate === undefined) throw new Error(`No definition ${definition}`);
      validate(value);
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
}

function nullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(nullable);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, nullable(value)] as const);
  const read: Record<string, unknown> = Object.fromEntries(entries);
  return read["x-nullable"] === true && typeof read.type === "string"
    ? { ...read, type: [read.type, "null"] }
    : read;
}
