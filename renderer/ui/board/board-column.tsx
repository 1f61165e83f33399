import { useDroppable } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { classNames } from "../class-names.ts";
import { formatCount } from "../format/numbers.ts";
import { BoardCard } from "./board-card.tsx";
import type { BoardColumn, BoardProps } from "./board.tsx";
import styles from "./board.module.css";

const cardHeightPx = 76;
const gapPx = 6;

/** One column: its name, how many, and its cards. */
export function BoardColumnView<Card>({
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
  const { cards, total } = column;
  const { setNodeRef, isOver } = useDroppable({ id: column.key });
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it is the React compiler that it does not suit; we do not run it.
  const virtualizer = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeightPx + gapPx,
    overscan: 6,
  });
  const cursor = cards.findIndex((card) => board.cardId(card) === board.cursorId);
  useEffect(() => {
    if (cursor >= 0) virtualizer.scrollToIndex(cursor);
  }, [cursor, virtualizer]);
  const hidden = total - cards.length;
  return (
    <div
      ref={setNodeRef}
      role="group"
      aria-label={`${column.label}, ${total}`}
      data-column={column.key}
      className={classNames(styles["column"], isOver && styles["over"])}
    >
      <div className={styles["head"]}>
        {column.mark}
        <span className={classNames(styles["label"], "cut")}>{column.label}</span>
        <span className={styles["total"]}>{formatCount(total)}</span>
        <span className={styles["note"]}>{column.note}</span>
      </div>
      <div ref={scroller} className={styles["cards"]}>
        <div className={styles["cards-body"]} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const card = cards[index];
            if (card === undefined) return null;
            const id = board.cardId(card);
            return (
              <BoardCard
                key={id}
                card={card}
                top={start}
                board={board}
                idBase={idBase}
                lifted={dragged === id}
              />
            );
          })}
        </div>
        {hidden > 0 &&
          (board.renderMore?.(column, hidden) ?? (
            <p className={styles["more"]}>and {formatCount(hidden)} more</p>
          ))}
      </div>
    </div>
  );
}
