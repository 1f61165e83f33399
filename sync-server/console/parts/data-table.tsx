import { Fragment, useRef, type KeyboardEvent, type ReactNode } from "react";
import { classNames } from "../../../renderer/ui/class-names.ts";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { goTo } from "../frame/address.ts";
import { Link } from "./link.tsx";
import styles from "./data-table.module.css";

export type DataColumn<Row> = {
  title: string;
  /** CSS width; the columns without one share what is left. */
  width?: string;
  align?: "end";
  /** Goes first where the table is narrow. */
  spare?: boolean;
  cell: (row: Row) => ReactNode;
};

export type DataTableProps<Row> = {
  label: string;
  columns: readonly DataColumn<Row>[];
  /** Undefined: not here yet. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** What a row opens; the first column becomes the link. */
  rowTo?: (row: Row) => readonly string[];
  /** Makes the row paler. */
  faded?: (row: Row) => boolean;
  selected?: string | undefined;
  /** Shown below a row. */
  more?: (row: Row) => ReactNode;
  /** A click anywhere on a row that opens nothing of its own; a control in it does the same by key. */
  onPoint?: (row: Row) => void;
  empty: ReactNode;
  /** Below the rows. */
  foot?: ReactNode;
};

/** A list with a head, of at most some thousand rows. J/K and arrows move between what can be opened. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, more, empty, foot } = props;
  const scroller = useRef<HTMLDivElement>(null);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the rows' links have the focus; keys move it
    <div
      ref={scroller}
      className={styles["scroller"]}
      onKeyDown={(event) => moveFocus(event, scroller.current)}
    >
      <table className={styles["table"]} aria-label={label} aria-busy={rows === undefined}>
        <thead>
          <tr>
            {columns.map(({ title, width, align, spare }) => (
              <th key={title} scope="col" style={{ width }} className={cellClass(align, spare)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => {
            const details = more?.(row);
            return (
              <Fragment key={rowKey(row)}>
                <DataRow row={row} table={props} />
                {details && (
                  <tr className={styles["more"]}>
                    <td colSpan={columns.length}>{details}</td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {rows?.length === 0 && <EmptyState>{empty}</EmptyState>}
      {foot}
    </div>
  );
}

/** Below the rows, while there are others. @param onMore null: these are all */
export function ShowMore({ label, onMore }: { label: string; onMore: (() => void) | null }) {
  if (!onMore) return null;
  return (
    <p className={styles["show-more"]}>
      <Button kind="link" onClick={onMore}>
        {label}
      </Button>
    </p>
  );
}

function DataRow<Row>({ row, table }: { row: Row; table: DataTableProps<Row> }) {
  const { columns, rowKey, rowTo, onPoint, faded, selected } = table;
  const to = rowTo?.(row);
  const isSelected = selected === rowKey(row);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the link in the first cell is the way by key
    <tr
      className={classNames(
        (to ?? onPoint) && styles["opens"],
        isSelected && styles["selected"],
        faded?.(row) && styles["faded"],
      )}
      onClick={(event) => {
        if (!isPlain(event.target)) return;
        if (to) goTo(...to);
        else onPoint?.(row);
      }}
    >
      {columns.map(({ title, align, spare, cell }, index) => (
        <td key={title} className={cellClass(align, spare)}>
          {to && index === 0 ? (
            <Link to={to} data-row aria-current={isSelected || undefined}>
              {cell(row)}
            </Link>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

/** A click on a control inside a row is the control's. */
function isPlain(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a,button,input") === null;
}

function cellClass(align: "end" | undefined, spare: boolean | undefined): string {
  return classNames(align && styles["end"], spare && styles["spare"]);
}

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function moveFocus(event: KeyboardEvent, scroller: HTMLElement | null): void {
  const step = steps[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.target instanceof HTMLAnchorElement)) return;
  const links = [...(scroller?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])];
  const next = links[links.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
