import { isNeeded } from "../../../shared/entities/custom-fields.ts";
import type { CustomField, FieldType } from "../../../shared/entities/setting.ts";
import type { Directory } from "../../client/index.ts";

/** How a field is filtered, shown and typed. */
export type FieldKind = FieldType | "stage" | "person" | "team" | "tags" | "instant" | "score";

/** A field of a record, its own or the tenant's. */
export interface RecordField {
  /** `stage`, `custom.budget`. */
  path: string;
  label: string;
  kind: FieldKind;
  custom: CustomField | null;
}

/** The tenant's own fields of a kind of records, in their order. */
export function customRecordFields(
  { customFields }: Pick<Directory, "customFields">,
  collection: CustomField["collection"],
): RecordField[] {
  return customFields(collection).map(customRecordField);
}

export function customRecordField(custom: CustomField): RecordField {
  return { path: `custom.${custom.key}`, kind: custom.type, label: custom.label, custom };
}

/** Those that a form for a new record cannot leave out: required, and beginning with nothing. */
export function neededFields(
  directory: Pick<Directory, "customFields">,
  collection: CustomField["collection"],
): RecordField[] {
  return customRecordFields(directory, collection).filter(({ custom }) => custom && isNeeded(custom));
}
