import { useDroppable } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { StageRing } from "../../../ui/display/stage-ring.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { stepOf } from "../list/lead-marks.tsx";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { BoardCard } from "./board-card.tsx";
import type { BoardColumn } from "./board-model.ts";
import styles from "./board.module.css";

const cardHeightPx = 72;
const gapPx = 6;

interface StageColumnProps {
  column: BoardColumn;
  list: LeadListModel;
  currentId: string | null;
  onCurrent: (lead: LeadRow) => void;
  onOpen: (lead: LeadRow, event: { inNewWindow: boolean }) => void;
}

/** One stage: how many, and its cards, of which only the visible ones exist. */
export function StageColumn({ column, list, currentId, onCurrent, onOpen }: StageColumnProps) {
  const { setNodeRef, isOver } = useDroppable({ id: column.stage });
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it is the React compiler that it does not suit; we do not run it.
  const virtualizer = useVirtualizer({
    count: column.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeightPx + gapPx,
    overscan: 6,
  });
  const hidden = column.total - column.rows.length;
  return (
    <section
      ref={setNodeRef}
      className={classNames(styles["column"], isOver && styles["over"])}
      aria-label={`${column.label}, ${column.total}`}
    >
      <header className={styles["column-head"]}>
        <StageRing {...stepOf(list.directory, column.stage)} />
        <h2 className="cut">{column.label}</h2>
        <span>{formatCount(column.total)}</span>
      </header>
      <div ref={scroller} className={styles["cards"]}>
        <div className={styles["cards-body"]} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const lead = column.rows[index];
            return (
              lead && (
                <BoardCard
                  key={lead.id}
                  lead={lead}
                  top={start}
                  isCurrent={lead.id === currentId}
                  onCurrent={onCurrent}
                  onOpen={onOpen}
                />
              )
            );
          })}
        </div>
        {hidden > 0 && (
          <Button
            kind="link"
            size="small"
            onClick={() =>
              list.change({
                layout: "list",
                filters: [...list.view.filters, { field: "stage", op: "is", values: [column.stage] }],
              })
            }
          >
            {formatCount(hidden)} more in the list
          </Button>
        )}
      </div>
    </section>
  );
}
