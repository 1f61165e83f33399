import { z } from "zod";
import { schemas, type CollectionName } from "../../../shared/entities/collections.ts";
import { CustomValue, type FieldValue } from "../../../shared/entities/fields.ts";
import { serverFields } from "../../../shared/entities/record.ts";
import type { Insight } from "../../../shared/entities/insight.ts";
import type { Setting } from "../../../shared/entities/setting.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { FieldPath } from "../../../shared/sync/edit.ts";
import { writeField } from "../../../shared/sync/fields.ts";

type Fields = Record<string, FieldValue>;
type Shape = Readonly<Record<string, z.ZodType>>;

/** Checks each named field against its schema. A record may hold fields of a newer server: the rest is not looked at. */
export function checkFields(collection: CollectionName, set: Fields, kind?: string): Result<void, RpcError> {
  const shape = shapeOf(collection, kind);
  for (const [path, value] of Object.entries(set)) {
    const schema = fieldSchema(shape, path);
    if (!schema || serverFields.has(path)) return badField(path, "is not a field that can be changed");
    const parsed = schema.safeParse(value);
    if (!parsed.success) return badField(path, parsed.error.issues[0]?.message ?? "is not valid");
  }
  return ok();
}

/**
 * The whole content of a new record: what is named, and an empty value for everything else.
 * `custom.budget` and `custom: { budget }` mean the same.
 */
export function fillRecord(collection: CollectionName, named: Fields): Result<Fields, RpcError> {
  const own = Object.keys(named).find((field) => serverFields.has(field));
  if (own) return badField(own, "is written by the server");
  let fields: Fields = { ...blankOf(collection, named["kind"]) };
  for (const [path, value] of Object.entries(named)) fields = writeField(fields, path, value);
  const record = { ...fields, id: "new", rev: 0, createdAt: anyInstant, updatedAt: anyInstant, kept: [] };
  const parsed = schemas[collection].safeParse(record);
  if (parsed.success) return ok(fields);
  const issue = parsed.error.issues[0];
  return badField(issue?.path.map(String).join(".") ?? "", issue?.message ?? "is not valid");
}

const anyInstant = "2000-01-01T00:00:00.000Z";

function badField(field: string, why: string): Result<never, RpcError> {
  return err({ code: "bad-input", message: `“${field}”: ${why}.`, details: { field } });
}

function fieldSchema(shape: Shape, path: string): z.ZodType | undefined {
  if (!FieldPath.safeParse(path).success) return undefined;
  if (!path.startsWith("custom.")) return Object.hasOwn(shape, path) ? shape[path] : undefined;
  return Object.hasOwn(shape, "custom") ? CustomValue : undefined;
}

/** Settings and insights are unions: their `kind` says which fields they have; without it, those of all kinds. */
function shapeOf(collection: CollectionName, kind?: string): Shape {
  const schema: z.ZodObject | z.ZodDiscriminatedUnion<(typeof Setting | typeof Insight)["options"]> =
    schemas[collection];
  if (schema instanceof z.ZodObject) return schema.shape as Shape;
  const members = schema.options.filter(({ shape }) => kind === undefined || shape.kind.value === kind);
  return Object.assign({}, ...members.map(({ shape }) => shape)) as Shape;
}

const blanks = new Map<string, Fields>();

function blankOf(collection: CollectionName, kind: FieldValue | undefined): Fields {
  const key = `${collection}/${typeof kind === "string" ? kind : ""}`;
  const known =
    blanks.get(key) ?? makeBlank(shapeOf(collection, typeof kind === "string" ? kind : undefined));
  blanks.set(key, known);
  return known;
}

/** An empty value for every field that accepts one; what has none (a name, a start) must be named. */
function makeBlank(shape: Shape): Fields {
  const blank: Fields = {};
  for (const [field, schema] of Object.entries(shape)) {
    if (serverFields.has(field)) continue;
    const value = emptyValues(schema).find((candidate) => schema.safeParse(candidate).success);
    if (value !== undefined) blank[field] = value;
  }
  return blank;
}

/** Most telling first: a field that may be null is unknown rather than 0, a choice starts with its first. */
function emptyValues(schema: z.ZodType): FieldValue[] {
  const firstChoice = schema instanceof z.ZodEnum ? [schema.options[0] as string] : [];
  return [null, ...firstChoice, "", false, 0, [], {}];
}
