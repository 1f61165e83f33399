import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { openWindow } from "../../../../shared/rpc/contract/session.ts";
import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { useCommand } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { ErrorLine } from "../../../ui/display/error-line.tsx";
import { countOf } from "../../../ui/format/numbers.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { VirtualTable } from "../../../ui/table/virtual-table.tsx";
import { useClickToCall } from "../../calls/index.ts";
import { useCurrentLead, useListNote } from "../../shell/index.ts";
import { setCursor, setSelection, useListState, useSelection } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { EmptyList } from "./empty-list.tsx";
import { leadColumns } from "./lead-columns.tsx";
import { sortedBy } from "./sorting.ts";
import type { LeadRows } from "./use-lead-rows.ts";
import { useTick } from "./use-tick.ts";

/** The list itself, of any length. */
export function LeadTable({ list, rows, onNew }: { list: LeadListModel; rows: LeadRows; onNew: () => void }) {
  const { directory, fields, listKey, fitKey, query } = list;
  const now = useNow(60_000);
  const { cursor: kept } = useListState();
  const selection = useSelection(fitKey);
  const cursor = kept.listKey === listKey ? kept.index : 0;
  const clickToCall = useClickToCall();
  const columns = useMemo(() => {
    const all = new Map(
      leadColumns(directory, fields, now, clickToCall).map((column) => [column.key, column]),
    );
    return list.columns.flatMap((key) => all.get(key) ?? []);
  }, [directory, fields, now, clickToCall, list.columns]);
  const open = useOpenLead(list.view.id);
  const tick = useTick(rows, list, cursor);
  const onCursor = useCallback((index: number) => setCursor(listKey, index), [listKey]);
  useCurrentLead(rows.rowAt(cursor) ?? null);
  useListNote(
    rows.total === null ? null : countOf(rows.total, directory.term("lead"), directory.term("leads")),
  );

  if (rows.error && rows.total === null) return <ListTrouble message={rows.error.message} />;
  return (
    <VirtualTable
      label={list.view.name}
      columns={columns}
      total={rows.total ?? 0}
      rowAt={rows.rowAt}
      rowId={rowId}
      rowLabel={rowName}
      busy={!rows.settled}
      onVisible={rows.onVisible}
      cursor={cursor}
      onCursor={onCursor}
      onOpen={open}
      sort={query.search === "" ? query.sort : undefined}
      onSort={(field) => list.change({ sort: sortedBy(query.sort, field, list.fields) })}
      selection={selection}
      onSelection={(next) => setSelection(fitKey, next)}
      onTick={tick}
      listKey={listKey}
      empty={rows.total === null ? null : <EmptyList list={list} onNew={onNew} />}
    />
  );
}

const rowId = (row: LeadRow): string => row.id;
const rowName = (row: LeadRow): string => row.name;

export function ListTrouble({ message }: { message: string }) {
  return (
    <div style={{ padding: "8px 24px" }}>
      <ErrorLine what={message} kept="Nothing was lost.">
        <Button size="small" onClick={() => location.reload()}>
          Try again
        </Button>
      </ErrorLine>
    </div>
  );
}

export function useOpenLead(
  viewId: string,
): (row: Pick<LeadRow, "id">, event: { inNewWindow: boolean }) => void {
  const navigate = useNavigate();
  const openInWindow = useCommand(openWindow);
  return useCallback(
    ({ id }, { inNewWindow }) => {
      if (inNewWindow) void openInWindow({ path: `/leads/${id}?view=${encodeURIComponent(viewId)}` });
      else void navigate({ to: "/leads/$leadId", params: { leadId: id }, search: { view: viewId } });
    },
    [navigate, openInWindow, viewId],
  );
}
