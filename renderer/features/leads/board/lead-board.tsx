import { useState } from "react";
import { leadBoard, type LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { useEdits, useLive } from "../../../client/index.ts";
import { Board } from "../../../ui/board/board.tsx";
import { Button } from "../../../ui/controls/button.tsx";
import { StageRing } from "../../../ui/display/stage-ring.tsx";
import { countOf, formatCount } from "../../../ui/format/numbers.ts";
import { useCurrentLead, useListNote } from "../../shell/index.ts";
import { stepOf } from "../list/lead-marks.tsx";
import { ListTrouble, useOpenLead } from "../list/lead-table.tsx";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { boardColumns } from "./board-model.ts";
import { LeadCard } from "./lead-card.tsx";

/** How many cards a column holds; the rest is in the list. */
const perStage = 200;

/** The pipeline as columns. */
export function LeadBoard({ list }: { list: LeadListModel }) {
  const { filters, search } = list.query;
  const { directory } = list;
  const { value, error } = useLive(leadBoard, { filters, search, perStage });
  const [moved, setMoved] = useState<{ id: string; stage: string } | null>(null);
  const [cursorId, setCursorId] = useState<string | null>(null);
  const open = useOpenLead(list.view.id);
  const columns = boardColumns(directory.stages("leads"), value?.stages ?? [], moved, (stage) =>
    directory.stageLabel("leads", stage),
  );
  const leads = columns.flatMap(({ rows }) => rows);
  const move = useMoveLead(list, setMoved);
  const total = columns.reduce((sum, column) => sum + column.total, 0);
  useListNote(value ? countOf(total, directory.term("lead"), directory.term("leads")) : null);
  useCurrentLead(leads.find(({ id }) => id === cursorId) ?? null);

  if (error && !value) return <ListTrouble message={error.message} />;
  return (
    <Board<LeadRow>
      label={list.view.name}
      columns={columns.map(({ stage, label, total: count, rows }) => ({
        key: stage,
        label,
        mark: <StageRing {...stepOf(directory, stage)} />,
        total: count,
        cards: rows,
      }))}
      cardId={({ id }) => id}
      cardLabel={({ name }) => name}
      renderCard={(lead) => <LeadCard lead={lead} />}
      cursorId={cursorId}
      onCursor={setCursorId}
      onOpen={open}
      onMove={(id, stage) =>
        void move(
          leads.find((lead) => lead.id === id),
          stage,
        )
      }
      renderMore={({ key }, hidden) => (
        <Button kind="link" size="small" onClick={() => showInList(list, key)}>
          {formatCount(hidden)} more in the list
        </Button>
      )}
    />
  );
}

/** Shown at once where it was dropped, until the replica says so itself. */
function useMoveLead(
  { directory }: LeadListModel,
  setMoved: (moved: { id: string; stage: string } | null) => void,
): (lead: LeadRow | undefined, stage: string) => Promise<void> {
  const { edit } = useEdits();
  return async (lead, stage) => {
    // An archived stage has a column for those who stand in it, and nobody comes to it any more.
    const isOffered = directory.stages("leads").some(({ key }) => key === stage);
    if (!lead || lead.stage === stage || !isOffered) return;
    setMoved({ id: lead.id, stage });
    await edit(
      [{ collection: "leads", id: lead.id, set: { stage } }],
      `Moved ${lead.name} to ${directory.stageLabel("leads", stage)}`,
    );
    setMoved(null);
  };
}

function showInList(list: LeadListModel, stage: string): void {
  list.change({
    layout: "list",
    filters: [...list.view.filters, { field: "stage", op: "is", values: [stage] }],
  });
}
