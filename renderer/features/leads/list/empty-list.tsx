import { Link } from "@tanstack/react-router";
import { syncStatus } from "../../../../shared/rpc/contract/sync.ts";
import { useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { goneFilters } from "../../record-filters/index.ts";
import { NoneYet } from "../../sync/index.ts";
import { setSearch } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";

/** Why there is nothing, and the next step. */
export function EmptyList({ list, onNew }: { list: LeadListModel; onNew: () => void }) {
  const { term } = list.directory;
  const { search, filters } = list.query;
  const onDevice = useLive(syncStatus, {}).value?.leadsOnDevice ?? 0;
  if (onDevice === 0) return <FirstRun list={list} onNew={onNew} />;
  if (search !== "") {
    return (
      <EmptyState>
        No {term("lead")} answers to “{search}” in this view.{" "}
        <Button kind="link" onClick={() => setSearch("")}>
          Clear the search
        </Button>
      </EmptyState>
    );
  }
  const gone = goneFilters(filters, list.fields);
  if (gone.length > 0) {
    const labels = gone.map(({ field }) => `“${list.directory.fieldLabel("leads", field)}”`);
    const others = list.view.filters.filter(({ field }) => !gone.some((one) => one.field === field));
    return (
      <EmptyState>
        This view filters by {labels.join(" and ")}, which an admin archived: no {term("lead")} fits.{" "}
        <Button kind="link" onClick={() => list.change({ filters: others })}>
          Take that filter away
        </Button>
      </EmptyState>
    );
  }
  if (filters.length > 0) {
    return (
      <EmptyState>
        No {term("lead")} fits these filters.{" "}
        <Button kind="link" onClick={() => list.change({ filters: [] })}>
          Take the filters away
        </Button>
      </EmptyState>
    );
  }
  return <FirstRun list={list} onNew={onNew} />;
}

function FirstRun({ list, onNew }: { list: LeadListModel; onNew: () => void }) {
  const { term } = list.directory;
  return (
    <NoneYet of={term("leads")}>
      No {term("leads")} yet. <Link to="/import">Import a CSV file</Link> or{" "}
      <Button kind="link" onClick={onNew}>
        add the first
      </Button>
    </NoneYet>
  );
}
