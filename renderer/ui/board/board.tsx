import {
  DndContext,
  DragOverlay,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import type { DragEndEvent } from "@dnd-kit/core";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { formatCount } from "../format/numbers.ts";
import { cardBeside, columnBeside, type Arrow, type BoardOrder } from "./board-moves.ts";
import styles from "./board.module.css";

export interface BoardColumn<Card> {
  key: string;
  label: string;
  /** Before the label: a stage ring. */
  mark?: ReactNode;
  /** All cards of the column, also those that are not in `cards`. */
  total: number;
  /** At the right of the head: a sum. */
  note?: string;
  cards: readonly Card[];
}

export interface BoardProps<Card> {
  label: string;
  columns: readonly BoardColumn<Card>[];
  cardId: (card: Card) => string;
  renderCard: (card: Card) => ReactNode;
  cursorId: string | null;
  onCursor: (id: string | null) => void;
  onOpen: (card: Card) => void;
  onMove: (id: string, columnKey: string) => void;
}

// A press that moves less than this is a click.
const dragAfterPx = 5;

/**
 * Cards in columns. The board has the focus: arrows or HJKL move the cursor, shift with left or right moves the card,
 * Enter opens. The pointer drags.
 */
export function Board<Card>(props: BoardProps<Card>) {
  const { columns, cardId, onMove } = props;
  const idBase = useId();
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: dragAfterPx } }));
  const board = useRef<HTMLDivElement>(null);
  useCursorInView(board, props.cursorId && `${idBase}-${props.cursorId}`);
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    if (over) onMove(String(active.id), String(over.id));
  };
  const draggedCard = columns.flatMap(({ cards }) => cards).find((card) => cardId(card) === dragged);
  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={drop}
      accessibility={{ screenReaderInstructions: { draggable: "Shift with left or right moves the card." } }}
    >
      <div
        ref={board}
        role="listbox"
        aria-label={props.label}
        aria-activedescendant={props.cursorId ? `${idBase}-${props.cursorId}` : undefined}
        tabIndex={0}
        className={styles["board"]}
        onKeyDown={(event) => handleKey(event, props)}
        data-table
      >
        {columns.map((column) => (
          <Column key={column.key} column={column} board={props} idBase={idBase} dragged={dragged} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {draggedCard !== undefined && (
          <div className={classNames(styles["card"], styles["lifted"])}>{props.renderCard(draggedCard)}</div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

function Column<Card>({
  column,
  board,
  idBase,
  dragged,
}: {
  column: BoardColumn<Card>;
  board: BoardProps<Card>;
  idBase: string;
  dragged: string | null;
}) {
  const { setNodeRef, isOver } = useDroppable({ id: column.key });
  const hidden = column.total - column.cards.length;
  return (
    <div
      ref={setNodeRef}
      role="group"
      aria-label={`${column.label}, ${column.total}`}
      className={classNames(styles["column"], isOver && styles["over"])}
    >
      <div className={styles["head"]}>
        {column.mark}
        <span className={classNames(styles["label"], "cut")}>{column.label}</span>
        <span className={styles["total"]}>{formatCount(column.total)}</span>
        <span className={styles["note"]}>{column.note}</span>
      </div>
      <div className={styles["cards"]}>
        {column.cards.map((card) => (
          <BoardCard
            key={board.cardId(card)}
            card={card}
            board={board}
            idBase={idBase}
            lifted={dragged === board.cardId(card)}
          />
        ))}
        {hidden > 0 && <p className={styles["more"]}>and {formatCount(hidden)} more</p>}
      </div>
    </div>
  );
}

function BoardCard<Card>({
  card,
  board,
  idBase,
  lifted,
}: {
  card: Card;
  board: BoardProps<Card>;
  idBase: string;
  lifted: boolean;
}) {
  const id = board.cardId(card);
  const { setNodeRef, listeners } = useDraggable({ id });
  const isCursor = board.cursorId === id;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the board has the focus and reads the keys
    <div
      ref={setNodeRef}
      id={`${idBase}-${id}`}
      role="option"
      aria-selected={isCursor}
      tabIndex={-1}
      className={classNames(styles["card"], isCursor && styles["cursor"], lifted && styles["gone"])}
      {...listeners}
      onFocus={() => board.onCursor(id)}
      onClick={() => board.onOpen(card)}
    >
      {board.renderCard(card)}
    </div>
  );
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

function handleKey<Card>(
  event: KeyboardEvent,
  { columns, cardId, cursorId, onCursor, onOpen, onMove }: BoardProps<Card>,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const order: BoardOrder = columns.map(({ key, cards }) => ({ key, ids: cards.map(cardId) }));
  const arrow = arrows[event.shiftKey ? event.key : event.key.toLowerCase()] ?? arrows[event.key];
  if (event.key === "Enter") {
    const card = columns.flatMap(({ cards }) => cards).find((candidate) => cardId(candidate) === cursorId);
    if (card === undefined) return;
    event.preventDefault();
    onOpen(card);
    return;
  }
  if (!arrow) return;
  event.preventDefault();
  if (event.shiftKey && cursorId !== null && (arrow === "left" || arrow === "right")) {
    const column = columnBeside(order, cursorId, arrow === "right" ? 1 : -1);
    if (column !== null) onMove(cursorId, column);
    return;
  }
  onCursor(cardBeside(order, cursorId, arrow));
}

function useCursorInView(board: React.RefObject<HTMLElement | null>, elementId: string | null): void {
  useEffect(() => {
    if (!elementId) return;
    board.current
      ?.querySelector(`#${CSS.escape(elementId)}`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [board, elementId]);
}
