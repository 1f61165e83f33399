import { Plus } from "lucide-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { Button } from "../../ui/controls/button.tsx";
import { Kbd } from "../../ui/display/kbd.tsx";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { countSelected } from "../../ui/table/selection.ts";
import { openPalette, TopBar, TopBarSearch, useDesk } from "../shell/index.ts";
import { FilterBar } from "./filters/filter-bar.tsx";
import { BulkBar } from "./list/bulk-bar.tsx";
import { GoneTicks } from "./list/gone-ticks.tsx";
import { LeadTable } from "./list/lead-table.tsx";
import { useExport } from "./list/use-export.ts";
import { useLeadRows } from "./list/use-lead-rows.ts";
import { setSearch, useListState, useSelection } from "./model/list-state.ts";
import { useLeadList, type LeadListModel } from "./model/use-lead-list.ts";
import { NewLeadDialog } from "./new-lead-dialog.tsx";
import { ScoreLayer } from "./score/score-layer.tsx";
import { ViewsBar } from "./views/views-bar.tsx";

/** Dragging is loaded with the first board. */
const LeadBoard = lazy(() =>
  import("./board/lead-board.tsx").then((board) => ({ default: board.LeadBoard })),
);

/** All leads that one may see, by saved views, as a list or a board. */
export function LeadsScreen() {
  const list = useLeadList();
  const [adding, setAdding] = useState(false);
  const lead = list.directory.term("lead");
  const leads = list.directory.term("leads");
  const exportList = useExport(list);
  useShortcuts("screen", [
    { id: "new-lead", keys: "shift+n", title: `New ${lead}`, group: "This list", run: () => setAdding(true) },
    {
      id: "export",
      keys: "mod+e",
      title: `Export these ${leads} to CSV`,
      group: "This list",
      run: () => void exportList(),
    },
  ]);
  useCurrentLeadShortcuts(list.view.id);
  const search = useListState((state) => state.search);
  return (
    <>
      <TopBar crumbs={[{ label: capitalise(leads), to: "/leads" }, { label: list.view.name }]}>
        <TopBarSearch value={search} onChange={setSearch} placeholder={`Search ${leads}, numbers, notes`} />
        <Kbd keys="mod+k" />
        <Button icon={Plus} onClick={() => setAdding(true)}>
          New {lead}
        </Button>
      </TopBar>
      {list.ready && <LeadsOf list={list} onNew={() => setAdding(true)} />}
      {adding && <NewLeadDialog me={list.me.userId} onClose={() => setAdding(false)} />}
    </>
  );
}

function LeadsOf({ list, onNew }: { list: LeadListModel; onNew: () => void }) {
  return (
    <>
      <ViewsBar list={list} />
      {list.view.layout === "board" ? <BoardView list={list} /> : <ListView list={list} onNew={onNew} />}
      <ScoreLayer />
    </>
  );
}

/** Keys about the row under the cursor, or the card that has the focus. */
function useCurrentLeadShortcuts(view: string): void {
  const navigate = useNavigate();
  const group = "This person";
  const openFor = (what?: "note" | "task") => () => {
    const lead = useDesk.getState().currentLead;
    if (lead)
      void navigate({
        to: "/leads/$leadId",
        params: { leadId: lead.id },
        search: { view, ...(what ? { do: what } : {}) },
      });
  };
  const moveStage = () => {
    if (useDesk.getState().currentLead) openPalette("stage");
  };
  useShortcuts("screen", [
    { id: "edit", keys: "e", title: "Edit", group, run: openFor() },
    { id: "note", keys: "n", title: "Write a note", group, run: openFor("note") },
    { id: "task", keys: "t", title: "New task", group, run: openFor("task") },
    { id: "stage", keys: "s", title: "Move to stage", group, run: moveStage },
  ]);
}

function ListView({ list, onNew }: { list: LeadListModel; onNew: () => void }) {
  const rows = useLeadRows(list.query, list.listKey);
  const selected = countSelected(useSelection(list.fitKey), rows.total ?? 0);
  return (
    <>
      {selected > 0 ? <BulkBar list={list} rows={rows} /> : <FilterBar list={list} />}
      <GoneTicks query={list.query} fitKey={list.fitKey} />
      <LeadTable list={list} rows={rows} onNew={onNew} />
    </>
  );
}

function BoardView({ list }: { list: LeadListModel }) {
  return (
    <>
      <FilterBar list={list} />
      <Suspense>
        <LeadBoard list={list} />
      </Suspense>
    </>
  );
}

export function capitalise(term: string): string {
  return term.charAt(0).toLocaleUpperCase() + term.slice(1);
}
