import fc from "fast-check";
import { arbitraryOf, type JsonSchema } from "./arbitrary-of.ts";

export type Parameter = { name: string; in: "path" | "query"; required?: boolean; schema: JsonSchema };

/** One endpoint of the API, as it describes itself. */
export type Operation = {
  /** `GET /api/v1/leads/{id}` */
  name: string;
  method: string;
  path: string;
  secured: boolean;
  /** In words. */
  description: string;
  parameters: Parameter[];
  body: JsonSchema | null;
};

/** @param document OpenAPI, as the server gives it */
export function readOperations(document: unknown): Operation[] {
  type Described = { security?: unknown[]; description?: string; parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: JsonSchema }> } }; // prettier-ignore
  const { paths } = document as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path.startsWith("/api/v1/"))
      .map(([method, { security = [], description = "", parameters = [], requestBody }]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        secured: security.length > 0,
        description,
        parameters,
        body: requestBody?.content["application/json"]?.schema ?? null,
      })),
  );
}

/** Fills the address; null leaves a query parameter out. */
export function fill(
  { path, parameters }: Pick<Operation, "path" | "parameters">,
  valueOf: (parameter: Parameter) => unknown,
): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const parameter of parameters) {
    const value = valueOf(parameter);
    if (parameter.in === "path") filled = filled.replace(`{${parameter.name}}`, encode(String(value)));
    else if (value !== null && value !== undefined) query.set(parameter.name, String(value));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

function encode(text: string): string {
  // A lone surrogate has no encoding; a dot alone would be taken for the folder.
  const encoded = encodeURIComponent(text.toWellFormed());
  return encoded === "" || /^\.+$/u.test(encoded) ? "x" : encoded;
}

/** The same value for the same seed. */
export function sampleOf(schema: JsonSchema, seed: number): unknown {
  return fc.sample(arbitraryOf(schema), { seed, numRuns: 1 })[0];
}
