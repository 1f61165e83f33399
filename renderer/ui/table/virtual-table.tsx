import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { Checkbox } from "../fields/tick.tsx";
import { fitColumns, gridTemplate, type Column } from "./columns.ts";
import { findRow, nextCursor, type CursorKey } from "./cursor.ts";
import { countSelected, emptySelection, everything, isSelected, type Selection } from "./selection.ts";
import { TableHead, type TableSort } from "./table-head.tsx";
import { TableRow } from "./table-row.tsx";
import { useWidth } from "./use-width.ts";
import styles from "./virtual-table.module.css";

const rowHeightPx = 32;
const headHeightPx = 28;
const tickWidthPx = 28;
/** Rows that exist beyond the visible ones, at each end. */
const overscanRows = 12;

export interface VirtualTableProps<Row> {
  /** Read out: what is listed. */
  label: string;
  columns: readonly Column<Row>[];
  total: number;
  /** Undefined: not here yet; its place is kept. */
  rowAt: (index: number) => Row | undefined;
  rowId: (row: Row) => string;
  /** Read out for a row: its name. */
  rowLabel: (row: Row) => string;
  /** The rows are still those of the list before. */
  busy?: boolean;
  /** Which rows are on screen, so that they can be asked for. */
  onVisible: (first: number, last: number) => void;
  /** The row that keys act on; -1 = none. */
  cursor: number;
  onCursor: (index: number) => void;
  onOpen: (row: Row, event: { inNewWindow: boolean }) => void;
  sort?: TableSort | undefined;
  onSort?: ((key: string) => void) | undefined;
  selection?: Selection | undefined;
  onSelection?: ((selection: Selection) => void) | undefined;
  /** A click on a tick, or space: `range` with shift. */
  onTick?: ((index: number, range: boolean) => void) | undefined;
  /** Another key = another list: back to the top. */
  listKey: string;
  /** Shown below the head instead of rows. */
  empty?: ReactNode;
}

/**
 * A list of any length: rows of 32 px of which only the visible ones exist. J/K, arrows, Home, End and the page keys
 * move the cursor, Enter opens, space and shift select. The grid itself has the focus; the cursor is its active
 * descendant.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, total, cursor, onVisible, selection = emptySelection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const width = useWidth(scroller);
  const shown = useMemo(() => fitColumns(columns, width - tickWidthPx), [columns, width]);
  const layout = useMemo(() => layoutOf(shown), [shown]);
  // oxlint-disable-next-line react/incompatible-library -- it is the React compiler that it does not suit; we do not run it.
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
    scrollMargin: headHeightPx,
    scrollPaddingStart: headHeightPx,
  });
  const items = virtualizer.getVirtualItems();
  const slots = Math.max(
    items.length,
    Math.ceil((virtualizer.scrollRect?.height ?? 0) / rowHeightPx) + 2 * overscanRows + 1,
  );
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onVisible(first, last), [onVisible, first, last]);
  const keepInPlace = useCursorInView(cursor, props.listKey, (index) => virtualizer.scrollToIndex(index));
  const { onCursor } = props;
  const follow = useCallback(
    (index: number) => {
      keepInPlace(index);
      onCursor(index);
    },
    [keepInPlace, onCursor],
  );
  const hold = useCursorOnItsRow(props, follow);
  const point = useCallback(
    (index: number) => {
      hold(index);
      follow(index);
    },
    [hold, follow],
  );

  const moveBy = (event: KeyboardEvent) => {
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2);
    handleKey(event, { ...props, onCursor: (index) => (hold(index), onCursor(index)) }, pageRows);
  };
  const selected = countSelected(selection, total);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={shown.length + 1}
      aria-busy={props.busy}
      aria-multiselectable={props.onTick !== undefined}
      aria-activedescendant={cursor >= 0 && cursor < total ? `${idBase}-${cursor}` : undefined}
      tabIndex={0}
      className={styles["table"]}
      style={layout}
      onKeyDown={moveBy}
      data-table
    >
      <TableHead columns={shown} sort={props.sort} onSort={props.onSort}>
        {props.onSelection && (
          <Checkbox
            aria-label={selected > 0 ? "Select none" : "Select all"}
            checked={selected > 0 && selected === total}
            indeterminate={selected > 0 && selected < total}
            onChange={() => props.onSelection?.(selected > 0 ? emptySelection : everything)}
          />
        )}
      </TableHead>
      {total === 0 ? (
        props.empty
      ) : (
        <div className={styles["body"]} style={{ height: virtualizer.getTotalSize() }} role="rowgroup">
          {items.map(({ index, start }) => {
            const row = props.rowAt(index);
            return (
              <TableRow
                // Elements go round: a row that leaves at one end comes back at the other with new text.
                key={index % slots}
                id={`${idBase}-${index}`}
                index={index}
                top={start - headHeightPx}
                row={row}
                label={row ? props.rowLabel(row) : ""}
                columns={shown}
                isCursor={index === cursor}
                isSelected={row !== undefined && isSelected(selection, props.rowId(row))}
                onCursor={point}
                onOpen={props.onOpen}
                onTick={props.onTick}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

function layoutOf<Row>(columns: readonly Column<Row>[]): React.CSSProperties {
  const least = columns.reduce((sum, column) => sum + column.width, tickWidthPx);
  return { "--columns": gridTemplate(columns), "--least-width": `${least}px` } as React.CSSProperties;
}

/**
 * The cursor is scrolled to when a key moves it, never when rows around it change. A new list begins at its top.
 * @returns for a row that is pressed: it stays below the pointer, or a double click would be one of two rows
 */
function useCursorInView(
  cursor: number,
  listKey: string,
  scrollTo: (index: number) => void,
): (index: number) => void {
  const pressed = useRef(-1);
  const latest = useRef(scrollTo);
  useEffect(() => {
    latest.current = scrollTo;
  });
  useEffect(() => {
    if (cursor >= 0 && cursor !== pressed.current) latest.current(cursor);
    pressed.current = -1;
  }, [cursor]);
  const previousKey = useRef(listKey);
  useEffect(() => {
    if (previousKey.current === listKey) return;
    previousKey.current = listKey;
    latest.current(0);
  }, [listKey]);
  return useCallback((index) => void (pressed.current = index), []);
}

/**
 * Rows come, go and are sorted anew while somebody reads: what keys act on stays the row that they were moved to, as long
 * as it is at hand. The top, where nobody has pointed yet, stays the top.
 * @returns tells where the cursor is put
 */
function useCursorOnItsRow<Row>(
  { cursor, listKey, rowAt, rowId, busy }: VirtualTableProps<Row>,
  follow: (index: number) => void,
): (index: number) => void {
  const held = useRef<{ listKey: string; index: number; id: string | undefined } | null>(
    cursor > 0 ? { listKey, index: cursor, id: undefined } : null,
  );
  const idAt = (index: number) => {
    const row = busy ? undefined : rowAt(index);
    return row && rowId(row);
  };
  const latest = useRef(idAt);
  useLayoutEffect(() => {
    latest.current = idAt;
    if (held.current?.listKey !== listKey || held.current.index !== cursor) held.current = null;
    if (!held.current) return;
    const here = idAt(cursor);
    const { id } = held.current;
    if (here === undefined || here === id) return;
    const index = id === undefined ? null : findRow(idAt, id, cursor);
    held.current = { listKey, index: index ?? cursor, id: index === null ? here : id };
    if (index !== null) follow(index);
  });
  return useCallback(
    (index) => void (held.current = { listKey, index, id: latest.current(index) }),
    [listKey],
  );
}

const cursorKeys: Record<string, CursorKey> = {
  ArrowDown: "next",
  j: "next",
  ArrowUp: "previous",
  k: "previous",
  Home: "first",
  End: "last",
  PageDown: "page-down",
  PageUp: "page-up",
};

function handleKey<Row>(event: KeyboardEvent, props: VirtualTableProps<Row>, pageRows: number): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const move = cursorKeys[event.key];
  if (move) {
    event.preventDefault();
    const next = nextCursor(props.cursor, move, { total: props.total, pageRows });
    if (event.shiftKey && next !== props.cursor) props.onTick?.(next, true);
    props.onCursor(next);
    return;
  }
  const row = props.rowAt(props.cursor);
  if (!row) return;
  if (event.key === "Enter") {
    event.preventDefault();
    props.onOpen(row, { inNewWindow: false });
  } else if (event.key === " " && props.onTick) {
    event.preventDefault();
    props.onTick(props.cursor, event.shiftKey);
  }
}
