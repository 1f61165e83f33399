import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from "@dnd-kit/core";
import { useState } from "react";
import { leadBoard, type LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { useEdits, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { ErrorLine } from "../../../ui/display/error-line.tsx";
import { countOf } from "../../../ui/format/numbers.ts";
import { useCurrentLead, useListNote } from "../../shell/index.ts";
import { useOpenLead } from "../list/lead-table.tsx";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { boardColumns, stageCoordinates, type BoardColumn } from "./board-model.ts";
import { CardFace } from "./board-card.tsx";
import { StageColumn } from "./stage-column.tsx";
import styles from "./board.module.css";

/** How many cards a column holds; the rest is in the list. */
const perStage = 200;
/** A press that moves less is a click. */
const dragFromPx = 5;

/** The pipeline as columns; a card moves by dragging, or with Space and the arrow keys. */
export function LeadBoard({ list }: { list: LeadListModel }) {
  const { filters, search } = list.query;
  const { value, error } = useLive(leadBoard, { filters, search, perStage });
  const { edit } = useEdits();
  const [moved, setMoved] = useState<{ id: string; stage: string } | null>(null);
  const [dragged, setDragged] = useState<LeadRow | null>(null);
  const [current, setCurrent] = useState<LeadRow | null>(null);
  const open = useOpenLead(list.view.id);
  const columns = boardColumns(list.directory.stages("leads"), value?.stages ?? [], moved);
  const total = columns.reduce((sum, column) => sum + column.total, 0);
  useListNote(value ? countOf(total, list.directory.term("lead"), list.directory.term("leads")) : null);
  useCurrentLead(current);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: dragFromPx } }),
    useSensor(KeyboardSensor, { coordinateGetter: stageCoordinates, keyboardCodes: keys }),
  );

  const drop = async ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const lead = leadOf(active.data.current);
    const to = columns.find(({ stage }) => stage === over?.id);
    if (!lead || !to || to.stage === lead.stage) return;
    // Shown at once where it was dropped, until the replica says so itself.
    setMoved({ id: lead.id, stage: to.stage });
    await edit(
      [{ collection: "leads", id: lead.id, set: { stage: to.stage } }],
      `Moved ${lead.name} to ${to.label}`,
    );
    setMoved(null);
  };
  if (error && !value) return <BoardTrouble message={error.message} />;
  return (
    <DndContext
      sensors={sensors}
      accessibility={{ announcements: announcementsFor(columns), screenReaderInstructions }}
      onDragStart={({ active }) => setDragged(leadOf(active.data.current))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={(event) => void drop(event)}
    >
      <div className={styles["board"]}>
        {columns.map((column) => (
          <StageColumn
            key={column.stage}
            column={column}
            list={list}
            currentId={current?.id ?? null}
            onCurrent={setCurrent}
            onOpen={open}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>{dragged && <CardFace lead={dragged} lifted />}</DragOverlay>
    </DndContext>
  );
}

/** Enter opens a card, so only Space picks it up. */
const keys = { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] };

function leadOf(data: Record<string, unknown> | undefined): LeadRow | null {
  return (data?.["lead"] as LeadRow | undefined) ?? null;
}

const screenReaderInstructions = {
  draggable:
    "Press Space to pick up, left and right arrow keys to choose a stage, Space to put down, Escape to leave it where it was.",
};

function announcementsFor(columns: readonly BoardColumn[]) {
  const name = (data: Record<string, unknown> | undefined) => leadOf(data)?.name ?? "";
  const stage = (id: unknown) => columns.find((column) => column.stage === id)?.label ?? "no stage";
  return {
    onDragStart: ({ active }: DragEndEvent | { active: DragEndEvent["active"] }) =>
      `Picked up ${name(active.data.current)}.`,
    onDragOver: ({ active, over }: { active: DragEndEvent["active"]; over: DragEndEvent["over"] }) =>
      over ? `${name(active.data.current)} is over ${stage(over.id)}.` : undefined,
    onDragEnd: ({ active, over }: DragEndEvent) => `${name(active.data.current)} is in ${stage(over?.id)}.`,
    onDragCancel: ({ active }: { active: DragEndEvent["active"] }) =>
      `${name(active.data.current)} stays where it was.`,
  };
}

function BoardTrouble({ message }: { message: string }) {
  return (
    <div className={styles["trouble"]}>
      <ErrorLine what={message} kept="Nothing was lost.">
        <Button size="small" onClick={() => location.reload()}>
          Try again
        </Button>
      </ErrorLine>
    </div>
  );
}
