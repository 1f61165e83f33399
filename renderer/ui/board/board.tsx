import { DndContext, DragOverlay, getClientRect, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { BoardColumnView } from "./board-column.tsx";
import { CardFrame } from "./board-card.tsx";
import { announcementsOf } from "./board-words.ts";
import { cardBeside, columnBeside, type Arrow, type BoardOrder } from "./board-moves.ts";
import styles from "./board.module.css";

export interface BoardColumn<Card> {
  key: string;
  label: string;
  /** Before the label: a stage ring. */
  mark?: ReactNode;
  /** All cards of the column, also those that are not in `cards`. */
  total: number;
  /** At the right of the head: a sum. The count stands there where there is none. */
  note?: string;
  cards: readonly Card[];
}

export interface BoardProps<Card> {
  label: string;
  columns: readonly BoardColumn<Card>[];
  cardId: (card: Card) => string;
  /** Read out: what the card is called. */
  cardLabel: (card: Card) => string;
  renderCard: (card: Card) => ReactNode;
  cursorId: string | null;
  onCursor: (id: string | null) => void;
  /** A double click (one click where cards open beside the board), or Enter; `inNewWindow` with Ctrl. */
  onOpen: (card: Card, event: { inNewWindow: boolean }) => void;
  opensOnClick?: boolean;
  onMove: (id: string, columnKey: string) => void;
  /** Below the cards of a column that holds more than are here. */
  renderMore?: (column: BoardColumn<Card>, hidden: number) => ReactNode;
}

// A press that moves less than this is a click.
const dragAfterPx = 5;
// Cards stand where a transform puts them, which the library leaves out: what hung from the pointer began at the head of
// its column, and was put down where nobody pointed.
const measuring = { draggable: { measure: getClientRect } };

/**
 * Cards of one height in columns, of which only the visible ones exist. The board has the focus: arrows or HJKL move the
 * cursor, shift with left or right moves the card, Enter opens. The pointer drags.
 */
export function Board<Card>(props: BoardProps<Card>) {
  const { columns, cardId, onMove } = props;
  const idBase = useId();
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: dragAfterPx } }));
  const board = useRef<HTMLDivElement>(null);
  const lifted = columns.flatMap(({ cards }) => cards).find((card) => cardId(card) === dragged);
  useCursorColumnInView(board, columns.find(({ cards }) => cards.some(isCursor))?.key ?? null);
  return (
    <DndContext
      sensors={sensors}
      measuring={measuring}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ active, over }) => {
        setDragged(null);
        if (over) onMove(String(active.id), String(over.id));
      }}
      accessibility={{ announcements: announcementsOf(props) }}
    >
      <div
        ref={board}
        role="listbox"
        aria-label={props.label}
        aria-activedescendant={props.cursorId ? `${idBase}-${props.cursorId}` : undefined}
        aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight Enter"
        tabIndex={0}
        className={styles["board"]}
        onKeyDown={(event) => handleKey(event, props)}
        data-table
      >
        {columns.map((column) => (
          <BoardColumnView key={column.key} column={column} board={props} idBase={idBase} dragged={dragged} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {lifted !== undefined && <CardFrame lifted>{props.renderCard(lifted)}</CardFrame>}
      </DragOverlay>
    </DndContext>
  );

  function isCursor(card: Card): boolean {
    return cardId(card) === props.cursorId;
  }
}

const arrows: Record<string, Arrow> = {
  ArrowUp: "up",
  k: "up",
  ArrowDown: "down",
  j: "down",
  ArrowLeft: "left",
  h: "left",
  ArrowRight: "right",
  l: "right",
};

function handleKey<Card>(event: KeyboardEvent, board: BoardProps<Card>): void {
  const { columns, cardId, cursorId, onCursor, onMove } = board;
  if (event.target !== event.currentTarget || event.altKey) return;
  if (event.key === "Enter") return openCursor(event, board);
  if (event.ctrlKey || event.metaKey) return;
  const arrow = arrows[event.shiftKey ? event.key : event.key.toLowerCase()] ?? arrows[event.key];
  if (!arrow) return;
  event.preventDefault();
  const order: BoardOrder = columns.map(({ key, cards }) => ({ key, ids: cards.map(cardId) }));
  if (event.shiftKey && cursorId !== null && (arrow === "left" || arrow === "right")) {
    const column = columnBeside(order, cursorId, arrow === "right" ? 1 : -1);
    if (column !== null) onMove(cursorId, column);
    return;
  }
  onCursor(cardBeside(order, cursorId, arrow));
}

function openCursor<Card>(
  event: KeyboardEvent,
  { columns, cardId, cursorId, onOpen }: BoardProps<Card>,
): void {
  const card = columns.flatMap(({ cards }) => cards).find((candidate) => cardId(candidate) === cursorId);
  if (card === undefined) return;
  event.preventDefault();
  onOpen(card, { inNewWindow: event.ctrlKey || event.metaKey });
}

function useCursorColumnInView(board: React.RefObject<HTMLElement | null>, columnKey: string | null): void {
  useEffect(() => {
    if (columnKey === null) return;
    board.current
      ?.querySelector(`[data-column="${CSS.escape(columnKey)}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [board, columnKey]);
}
