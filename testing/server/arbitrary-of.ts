import fc from "fast-check";

/** What OpenAPI says of a value; the parts of JSON Schema that zod writes. */
export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
};

/** Values that a schema allows, mostly: what gets past the first check is what finds faults behind it. */
export function arbitraryOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(arbitraryOf));
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map(arbitraryOf)).map((parts) => Object.assign({}, ...parts));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => arbitraryOf({ ...schema, type })));
  switch (schema.type) {
    case "object":
      return objectOf(schema);
    case "array":
      return fc.array(arbitraryOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 5, (schema.minItems ?? 0) + 5) }); // prettier-ignore
    case "string":
      return textOf(schema);
    case "integer":
      return fc.integer({ min: clamp(schema.minimum, -1e9), max: clamp(schema.maximum, 1e9) });
    case "number":
      return fc.double({ min: schema.minimum ?? -1e15, max: schema.maximum ?? 1e15, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf({ properties = {}, required = [], additionalProperties, propertyNames }: JsonSchema) {
  const rest = typeof additionalProperties === "object" ? additionalProperties : null;
  // A record by an enum names its keys in `required` alone.
  const named = Object.fromEntries([
    ...required.map((name) => [name, arbitraryOf(properties[name] ?? rest ?? {})] as const),
    ...Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)] as const),
  ]);
  const known = fc.record(named, { requiredKeys: required });
  if (rest === null) return known;
  const names = (
    propertyNames ? arbitraryOf(propertyNames) : fc.string({ maxLength: 20 })
  ) as fc.Arbitrary<string>;
  const more = fc.dictionary(names, arbitraryOf(rest), { maxKeys: 5 });
  return fc.tuple(known, more).map(([own, others]) => ({ ...others, ...own }));
}

/** Text that databases, logs and file formats stumble over. */
const nasty = ["\u0000", "\ud800", "'; DROP TABLE users; --", "=cmd", "../../etc/passwd", "\u202e", "💥", "%00", "null", "__proto__"]; // prettier-ignore

function textOf({ pattern, format, minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> {
  const length = { minLength, maxLength: Math.min(maxLength, minLength + 60) };
  if (format === "email") return fc.emailAddress();
  if (format === "date-time") return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((day) => day.toISOString()); // prettier-ignore
  if (format === "date") return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((day) => day.toISOString().slice(0, 10)); // prettier-ignore
  const free = fc.oneof(fc.string({ ...length, unit: "binary" }), fc.constantFrom(...nasty));
  // Where the pattern cannot be generated from, anything goes: it is refused, which is what is tested.
  const fitting = pattern ? matching(pattern) : null;
  if (!fitting) return free;
  return fc.oneof({ weight: 4, arbitrary: fitting.map((text) => text.slice(0, maxLength)) }, { weight: 1, arbitrary: free }); // prettier-ignore
}

/** To make one takes milliseconds, and every id in thousands of requests wants the same. */
const matchingByPattern = new Map<string, fc.Arbitrary<string> | null>();

function matching(pattern: string): fc.Arbitrary<string> | null {
  const known = matchingByPattern.get(pattern);
  if (known !== undefined) return known;
  const made = makeMatching(pattern);
  matchingByPattern.set(pattern, made);
  return made;
}

function makeMatching(pattern: string): fc.Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(pattern, "u"));
  } catch {
    return null;
  }
}

function clamp(value: number | undefined, otherwise: number): number {
  return value === undefined ? otherwise : Math.max(-2_147_483_648, Math.min(2_147_483_647, value));
}
