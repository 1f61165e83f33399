import type { RxJsonSchema } from "rxdb";
import { z } from "zod";
import { schemas, type CollectionName } from "../../../shared/entities/collections.ts";
import type { Doc } from "../../../shared/sync/fields.ts";

/**
 * Raise a collection's version when its stored shape changes, and say in `migrations.ts` what becomes of the
 * records that are there. record-schemas.test.ts fails until both are done.
 */
export const schemaVersions: Readonly<Record<CollectionName, number>> = {
  settings: 5,
  leads: 0,
  tasks: 0,
  deals: 0,
  appointments: 0,
  calls: 1,
  listings: 0,
  activities: 0,
  messages: 0,
  tickets: 0,
  recommendations: 0,
  insights: 3,
  segments: 1,
};

/**
 * Each index costs disk and a share of every write of a first sync, so only what is looked up by SQL has one.
 * Leads have none: their lists are ordered and filtered in memory, and six indexes made a first sync of 50,000
 * leads a third slower.
 */
const indexes: Readonly<Partial<Record<CollectionName, readonly string[]>>> = {
  tasks: ["dueAt", "leadId"],
  deals: ["stage", "leadId"],
  appointments: ["startAt", "leadId"],
  calls: ["startedAt", "leadId"],
  activities: ["leadId"],
  messages: ["leadId"],
  insights: ["callId", "at"],
  segments: ["callId"],
};

type JsonSchema = z.core.JSONSchema.JSONSchema;
type Property = RxJsonSchema<Doc>["properties"][string];

/** What RxDB and the storage need to know of a collection: its key, the types of its fields, its indexes. */
export function rxSchemaOf(collection: CollectionName): RxJsonSchema<Doc> {
  return {
    title: collection,
    version: schemaVersions[collection],
    primaryKey: "id",
    type: "object",
    properties: propertiesOf(z.toJSONSchema(schemas[collection], { reused: "inline" })),
    required: ["id"],
    indexes: [...(indexes[collection] ?? [])],
  };
}

/** A union (settings) has the fields of all its members; one that differs between them is left open. */
function propertiesOf(schema: JsonSchema): Record<string, Property> {
  const members = (schema.oneOf ?? schema.anyOf ?? [schema]) as JsonSchema[];
  const properties: Record<string, Property> = {};
  for (const member of members) {
    for (const [field, inner] of Object.entries(member.properties ?? {})) {
      const property = propertyOf(inner as JsonSchema);
      const same = !properties[field] || JSON.stringify(properties[field]) === JSON.stringify(property);
      properties[field] = same ? property : ({} as Property);
    }
  }
  return properties;
}

/** The outline of a field: what is inside of objects and lists is checked by zod, once, where it comes in. */
function propertyOf(schema: JsonSchema): Property {
  const { type, format, minimum, maximum, ...others } = withoutNull(schema);
  if (typeof type !== "string") return {} as Property;
  const outline = { type, maxLength: others.maxLength ?? lengths[format ?? ""], minimum, maximum };
  return JSON.parse(JSON.stringify(outline)) as Property;
}

const lengths: Readonly<Record<string, number>> = { "date-time": 24, date: 10 };

/** RxDB indexes a field by its one type; that it may be null besides is known to zod. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const members = (schema.anyOf as JsonSchema[] | undefined)?.filter(({ type }) => type !== "null");
  return members?.length === 1 && members[0] ? members[0] : schema;
}
