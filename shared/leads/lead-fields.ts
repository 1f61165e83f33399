import type { CustomField, FieldType } from "../entities/setting.ts";

/** How a field's values compare, whatever its type is called. */
export type FieldKind = "text" | "number" | "instant" | "day" | "list" | "boolean";

/** `nextTask` is not stored with the lead: it is when its next open task is due. */
export const nextTaskField = "nextTask";

const ownKinds: Readonly<Record<string, FieldKind>> = {
  name: "text",
  company: "text",
  title: "text",
  phone: "text",
  phoneSecond: "text",
  email: "text",
  city: "text",
  timeZone: "text",
  stage: "text",
  score: "number",
  source: "text",
  ownerId: "text",
  teamId: "text",
  tags: "list",
  notes: "text",
  lastContactAt: "instant",
  doNotCall: "boolean",
  importId: "text",
  createdAt: "instant",
  updatedAt: "instant",
  [nextTaskField]: "instant",
};

const customKinds: Readonly<Record<FieldType, FieldKind>> = {
  text: "text",
  number: "number",
  money: "number",
  date: "day",
  select: "text",
  "multi-select": "list",
  boolean: "boolean",
  phone: "text",
  email: "text",
  url: "text",
};

/** A tenant's own fields of leads, by key. */
export type CustomFields = ReadonlyMap<string, Pick<CustomField, "type" | "label">>;

/** @returns null for a field that leads do not have: such a filter matches nothing, such a sort keeps the order of ids */
export function leadFieldKind(path: string, fields: CustomFields): FieldKind | null {
  if (!path.startsWith("custom.")) return Object.hasOwn(ownKinds, path) ? (ownKinds[path] ?? null) : null;
  const field = fields.get(path.slice("custom.".length));
  return field ? customKinds[field.type] : null;
}
