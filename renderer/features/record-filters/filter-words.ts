import type { CustomField, Filter } from "../../../shared/entities/setting.ts";
import { fieldText, type Directory } from "../../client/index.ts";
import { showDay } from "../../ui/fields/parse-day.ts";
import { countOf } from "../../ui/format/numbers.ts";
import type { RecordField } from "../record-fields/index.ts";
import { editorOf } from "./filter-model.ts";

/** The value part of a filter's sentence: "$250k", "Lost, Won", "14 days"; null where the operator says it all. */
export function filterValueWords(
  filter: Filter,
  { field, collection }: { field: RecordField; collection: CustomField["collection"] },
  directory: Directory,
  now: Date,
): string | null {
  const editor = editorOf(field.kind, filter.op);
  if (editor === "none") return null;
  if (filter.values.length === 0) return "…";
  return filter.values
    .map((value) => valueWords(value, editor, { field, collection }, directory, now))
    .join(", ");
}

function valueWords(
  value: Filter["values"][number],
  editor: ReturnType<typeof editorOf>,
  { field, collection }: { field: RecordField; collection: CustomField["collection"] },
  directory: Directory,
  now: Date,
): string {
  if (value === "me" && field.kind === "person") return "me";
  if (editor === "days") return value === 0 ? "today" : countOf(Number(value), "day");
  if (editor === "day" && typeof value === "string") return showDay(value.slice(0, 10));
  return fieldText(directory, collection, field.path, value, now);
}
