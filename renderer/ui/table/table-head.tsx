import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "../display/icon.tsx";
import type { Column } from "./columns.ts";
import styles from "./virtual-table.module.css";

export interface TableSort {
  field: string;
  direction: "asc" | "desc";
}

export function TableHead<Row>({
  columns,
  sort,
  onSort,
  children,
}: {
  columns: readonly Column<Row>[];
  sort: TableSort | undefined;
  onSort: ((key: string) => void) | undefined;
  /** The tick that selects everything. */
  children: ReactNode;
}) {
  return (
    <div role="rowgroup" className={styles["head"]}>
      <div role="row" aria-rowindex={1} className={styles["head-row"]}>
        <div role="columnheader" className={styles["tick-cell"]}>
          {children ?? <span className="visually-hidden">Selected</span>}
        </div>
        {columns.map((column) => (
          <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: TableSort | undefined;
  onSort: ((key: string) => void) | undefined;
}) {
  const direction = sort?.field === column.key ? sort.direction : undefined;
  return (
    <div
      role="columnheader"
      aria-sort={direction && (direction === "asc" ? "ascending" : "descending")}
      className={classNames(
        styles["head-cell"],
        column.align && styles["end"],
        direction && styles["sorted"],
      )}
    >
      {onSort && column.sortable ? (
        <button type="button" tabIndex={-1} onClick={() => onSort(column.key)}>
          {direction && <Icon of={direction === "asc" ? ArrowUp : ArrowDown} size={12} />}
          {column.label}
        </button>
      ) : (
        <span className={column.hideLabel ? "visually-hidden" : "cut"}>{column.label}</span>
      )}
    </div>
  );
}
