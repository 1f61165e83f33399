import type { CustomField, FieldType } from "../../../../shared/entities/setting.ts";
import type { Directory } from "../../../client/index.ts";

/** How a field is filtered, shown and typed. */
export type FieldKind = FieldType | "stage" | "person" | "tags" | "instant" | "score";

export interface LeadField {
  /** `stage`, `custom.budget`. */
  path: string;
  label: string;
  kind: FieldKind;
  custom: CustomField | null;
}

const own: readonly [string, FieldKind][] = [
  ["name", "text"],
  ["company", "text"],
  ["title", "text"],
  ["stage", "stage"],
  ["score", "score"],
  ["ownerId", "person"],
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
    ...directory.customFields("leads").map((custom) => ({
      path: `custom.${custom.key}`,
      kind: custom.type,
      label: custom.label,
      custom,
    })),
  ];
}

/** Fields that one can sort by: those with an order. */
export function sortableFields(directory: Directory): LeadField[] {
  const unordered = new Set(["tags", "notes", "nextTask.title", "phone", "phoneSecond"]);
  return leadFields(directory).filter(({ path, kind }) => !unordered.has(path) && kind !== "multi-select");
}
