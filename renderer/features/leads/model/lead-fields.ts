import type { Directory } from "../../../client/index.ts";
import { customRecordFields, type FieldKind, type RecordField } from "../../record-fields/index.ts";

export type LeadField = RecordField;

const own: readonly [string, FieldKind][] = [
  ["name", "text"],
  ["company", "text"],
  ["title", "text"],
  ["stage", "stage"],
  ["score", "score"],
  ["ownerId", "person"],
  ["teamId", "team"],
  ["phone", "phone"],
  ["phoneSecond", "phone"],
  ["email", "email"],
  ["city", "text"],
  ["source", "text"],
  ["tags", "tags"],
  ["notes", "text"],
  ["lastContactAt", "instant"],
  ["createdAt", "instant"],
  ["updatedAt", "instant"],
  ["doNotCall", "boolean"],
];
const derived: readonly [string, FieldKind, string][] = [
  ["nextTask.dueAt", "instant", "Next task due"],
  ["nextTask.title", "text", "Next task"],
];
const labels: Record<string, string> = { createdAt: "Created", updatedAt: "Changed" };

/** Every field of a lead by which a list can be filtered, the tenant's own among them. */
export function leadFields(directory: Directory): LeadField[] {
  return [
    ...own.map(([path, kind]) => ({
      path,
      kind,
      label: labels[path] ?? directory.fieldLabel("leads", path),
      custom: null,
    })),
    ...derived.map(([path, kind, label]) => ({ path, kind, label, custom: null })),
    ...customRecordFields(directory, "leads"),
  ];
}

/** Fields that one can sort by: those with an order. */
export function sortableFields(directory: Directory): LeadField[] {
  const unordered = new Set(["teamId", "tags", "notes", "nextTask.title", "phone", "phoneSecond"]);
  return leadFields(directory).filter(({ path, kind }) => !unordered.has(path) && kind !== "multi-select");
}
