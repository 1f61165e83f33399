import { memo, type MouseEvent, type ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Checkbox } from "../fields/tick.tsx";
import type { Column } from "./columns.ts";
import styles from "./virtual-table.module.css";

export interface TableRowProps<Row> {
  id: string;
  index: number;
  top: number;
  row: Row | undefined;
  label: string;
  columns: readonly Column<Row>[];
  isCursor: boolean;
  isSelected: boolean;
  onCursor: (index: number) => void;
  onOpen: (row: Row, event: { inNewWindow: boolean }) => void;
  onTick: ((index: number, range: boolean) => void) | undefined;
}

function PlainTableRow<Row>({ row, columns, index, ...props }: TableRowProps<Row>) {
  const open = (event: MouseEvent) => {
    if (row && !isControl(event)) props.onOpen(row, { inNewWindow: event.ctrlKey || event.metaKey });
  };
  const point = (event: MouseEvent) => {
    if (isControl(event)) return;
    if (event.shiftKey) props.onTick?.(index, true);
    props.onCursor(index);
  };
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      aria-busy={row === undefined}
      className={classNames(
        styles["row"],
        props.isSelected && styles["selected"],
        props.isCursor && styles["cursor"],
      )}
      style={{ transform: `translateY(${props.top}px)` }}
      onMouseDown={point}
      onDoubleClick={open}
    >
      <div role="gridcell" className={styles["tick-cell"]}>
        {row && props.onTick && (
          <Checkbox
            tabIndex={-1}
            aria-label={`Select ${props.label}`}
            checked={props.isSelected}
            onClick={(event) => props.onTick?.(index, event.shiftKey)}
            onChange={() => undefined}
          />
        )}
      </div>
      {columns.map((column) => (
        <div
          role="gridcell"
          key={column.key}
          className={classNames(styles["cell"], column.align && styles["end"])}
        >
          {row ? cutText(column.render(row)) : <span className={styles["ghost"]} />}
        </div>
      ))}
    </div>
  );
}

/** Bare words end in an ellipsis; what a column draws itself it cuts itself. */
function cutText(content: ReactNode): ReactNode {
  return typeof content === "string" ? <span className="cut">{content}</span> : content;
}

function isControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("button, a, input") !== null;
}

/** Drawn again only when its own row, place or marks change. */
export const TableRow = memo(PlainTableRow) as typeof PlainTableRow;
