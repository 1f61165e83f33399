import { useDraggable } from "@dnd-kit/core";
import type { MouseEvent, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import type { BoardProps } from "./board.tsx";
import styles from "./board.module.css";

/** A card in its place: pointed at it has the cursor, dragged it leaves a shade behind. */
export function BoardCard<Card>({
  card,
  top,
  board,
  idBase,
  lifted,
}: {
  card: Card;
  top: number;
  board: BoardProps<Card>;
  idBase: string;
  lifted: boolean;
}) {
  const id = board.cardId(card);
  const { setNodeRef, listeners } = useDraggable({ id });
  const isCursor = board.cursorId === id;
  const open = (event: MouseEvent) => board.onOpen(card, { inNewWindow: event.ctrlKey || event.metaKey });
  return (
    <div
      ref={setNodeRef}
      id={`${idBase}-${id}`}
      role="option"
      aria-selected={isCursor}
      tabIndex={-1}
      className={classNames(styles["slot"], isCursor && styles["cursor"], lifted && styles["gone"])}
      style={{ transform: `translateY(${top}px)` }}
      {...listeners}
      // The board keeps the focus, and with it the keys.
      onMouseDown={(event) => {
        event.preventDefault();
        event.currentTarget.closest<HTMLElement>("[data-table]")?.focus();
        board.onCursor(id);
      }}
      {...{ [board.opensOnClick ? "onClick" : "onDoubleClick"]: open }}
    >
      <CardFrame>{board.renderCard(card)}</CardFrame>
    </div>
  );
}

/** The look of a card; also of the one that hangs from the pointer. */
export function CardFrame({ children, lifted = false }: { children: ReactNode; lifted?: boolean }) {
  return <div className={classNames(styles["card"], lifted && styles["lifted"])}>{children}</div>;
}
