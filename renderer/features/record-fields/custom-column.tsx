import type { CustomValue } from "../../../shared/entities/fields.ts";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { fieldText, type Directory } from "../../client/index.ts";
import type { Column } from "../../ui/table/columns.ts";
import type { FieldKind, RecordField } from "./record-field.ts";
import styles from "./custom-column.module.css";

const endAligned = new Set<FieldKind>(["number", "money"]);

/** A column of one of the tenant's own fields. */
export function customColumn<Row extends { custom: Readonly<Record<string, CustomValue>> }>(
  { path, label, kind, custom }: RecordField,
  collection: CustomField["collection"],
  directory: Directory,
  now: Date,
): Column<Row> {
  const key = custom?.key ?? "";
  const render = (row: Row) => {
    const value = row.custom[key] ?? null;
    if (value === null || value === "") return <span className={styles["none"]}>–</span>;
    return <span className="cut tabular">{fieldText(directory, collection, path, value, now)}</span>;
  };
  // Several values have no order.
  const column = { key: path, label, width: 112, grow: 1, sortable: kind !== "multi-select", render };
  return endAligned.has(kind) ? { ...column, align: "end" } : column;
}
