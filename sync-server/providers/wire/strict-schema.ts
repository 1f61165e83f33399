type Schema = Record<string, unknown>;

/** What strict structured output knows of JSON Schema; a schema with any other word is answered 400. */
const known: ReadonlySet<string> = new Set([
  "type",
  "description",
  "enum",
  "const",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "anyOf",
  // Sent as anyOf, which is all that they know.
  "oneOf",
]);

/**
 * The form of a schema without its limits (lengths, ranges, patterns): the answer is checked against the whole one
 * when it has come.
 */
export function strictSchema(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([word]) => known.has(word))
      .map(([word, value]) => [word === "oneOf" ? "anyOf" : word, strictPart(word, value)]),
  );
}

function strictPart(word: string, value: unknown): unknown {
  if (word === "properties")
    return Object.fromEntries(
      Object.entries(value as Record<string, Schema>).map(([name, part]) => [name, strictSchema(part)]),
    );
  if (word === "items") return strictSchema(value as Schema);
  if (word === "anyOf" || word === "oneOf") return (value as Schema[]).map(strictSchema);
  return value;
}
