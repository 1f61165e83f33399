import { useDraggable } from "@dnd-kit/core";
import { memo } from "react";
import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { useDirectory } from "../../../client/index.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Avatar } from "../../../ui/display/avatar.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { ScoreMark } from "../list/lead-marks.tsx";
import { LeadName } from "../list/lead-name.tsx";
import { nextTaskWords } from "../list/next-task-words.ts";
import styles from "./board.module.css";

interface BoardCardProps {
  lead: LeadRow;
  top: number;
  isCurrent: boolean;
  onCurrent: (lead: LeadRow) => void;
  onOpen: (lead: LeadRow, event: { inNewWindow: boolean }) => void;
}

export const BoardCard = memo(function BoardCard({
  lead,
  top,
  isCurrent,
  onCurrent,
  onOpen,
}: BoardCardProps) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: lead.id, data: { lead } });
  return (
    <div
      ref={setNodeRef}
      {...attributes}
      role="button"
      tabIndex={0}
      {...listeners}
      className={classNames(styles["slot"], isCurrent && styles["current"], isDragging && styles["gone"])}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={() => onCurrent(lead)}
      onDoubleClick={(event) => onOpen(lead, { inNewWindow: event.ctrlKey || event.metaKey })}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !isDragging)
          onOpen(lead, { inNewWindow: event.ctrlKey || event.metaKey });
        else listeners?.["onKeyDown"]?.(event);
      }}
    >
      <CardFace lead={lead} />
    </div>
  );
});

/** What a card shows; also what hangs from the pointer. */
export function CardFace({ lead, lifted = false }: { lead: LeadRow; lifted?: boolean }) {
  const directory = useDirectory();
  const now = useNow(60_000);
  const due = lead.nextTask && nextTaskWords(lead.nextTask, now);
  return (
    <div className={classNames(styles["card"], lifted && styles["lifted"])}>
      <div className={styles["card-line"]}>
        <LeadName lead={lead} />
        <span className={styles["card-score"]}>
          {lead.score !== null && <ScoreMark score={lead.score} />}
        </span>
      </div>
      <bdi className={`${styles["card-company"] ?? ""} cut`}>{lead.company || lead.city}</bdi>
      <div className={styles["card-line"]}>
        <span className={due?.urgent ? styles["card-urgent"] : styles["card-due"]}>{due?.when}</span>
        <bdi className="cut">{lead.nextTask?.title}</bdi>
        {lead.ownerId && (
          <span className={styles["card-owner"]} title={directory.personName(lead.ownerId)}>
            <Avatar name={directory.personName(lead.ownerId)} />
          </span>
        )}
      </div>
    </div>
  );
}
