import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { View } from "../../../../shared/entities/setting.ts";
import { preferences, session, settings, setPreferences } from "../../../../shared/rpc/contract/session.ts";
import { useCommand, useDirectory, useLive, type Directory } from "../../../client/index.ts";
import { withFirst } from "../../../ui/table/columns.ts";
import { completeFilters } from "../../record-filters/index.ts";
import { defaultColumns } from "../list/default-columns.ts";
import { changeDraft, dropDraft, useListState, type ListQuery } from "./list-state.ts";
import { leadFields, type LeadField } from "./lead-fields.ts";
import { findView, isChanged, listViews, withDraft, type LeadView } from "./views.ts";

export interface LeadListModel {
  directory: Directory;
  /** False for the blink before views and person are known: a list asked for then would be another one. */
  ready: boolean;
  fields: LeadField[];
  views: LeadView[];
  /** With what was changed and not saved. */
  view: LeadView;
  changed: boolean;
  columns: readonly string[];
  query: ListQuery;
  /** Tells one list from another: the cursor and the scroll belong to it. */
  listKey: string;
  /** Tells which leads are listed, in whatever order: what is ticked belongs to it. */
  fitKey: string;
  me: { userId: string; mayShare: boolean; mayMove: boolean };
  change: (change: Partial<Pick<View, "filters" | "sort" | "layout">>) => void;
  setColumns: (columns: string[]) => void;
  reset: () => void;
  showView: (id: string) => void;
}

/** The view that the address names, what was changed in it, and what to ask the replica for. */
export function useLeadList(): LeadListModel {
  const { view: wanted } = useSearch({ strict: false });
  const navigate = useNavigate();
  const directory = useDirectory();
  const me = useMe();
  const answer = useLive(settings, {}).value?.settings;
  const chosenColumns = useLive(preferences, {}).value?.leadColumns ?? null;
  const prefer = useCommand(setPreferences);
  const { drafts, search } = useListState();

  const fields = useMemo(() => leadFields(directory), [directory]);
  const allLabel = `All ${directory.term("leads")}`;
  const views = useMemo(() => listViews(answer ?? [], me.userId, allLabel), [answer, me.userId, allLabel]);
  const saved = findView(views, wanted);
  const draft = drafts[saved.id];
  const view = useMemo(() => withDraft(saved, draft), [saved, draft]);
  const query = useMemo(() => queryOf(view, fields, search), [view, fields, search]);
  return {
    directory,
    ready: answer !== undefined && me.userId !== "",
    fields,
    views,
    view,
    changed: isChanged(saved, draft),
    columns: withFirst("name", view.columns.length > 0 ? view.columns : (chosenColumns ?? defaultColumns)),
    query,
    listKey: JSON.stringify([view.id, query]),
    fitKey: JSON.stringify([view.id, query.filters, query.search]),
    me,
    change: (change) => changeDraft(saved.id, change),
    // A view that says nothing of columns shows everybody their own choice.
    setColumns: (columns) =>
      view.columns.length > 0 ? changeDraft(saved.id, { columns }) : void prefer({ leadColumns: columns }),
    reset: () => dropDraft(saved.id),
    showView: (id) => void navigate({ to: "/leads", search: { view: id } }),
  };
}

/** Filters that are still being typed are left out. */
function queryOf(view: LeadView, fields: readonly LeadField[], search: string): ListQuery {
  return { filters: completeFilters(view.filters, fields), sort: view.sort, search: search.trim() };
}

function useMe(): LeadListModel["me"] {
  const state = useLive(session, {}).value?.session;
  const person = state?.state === "signed-in" ? state.person : null;
  return useMemo(
    () => ({
      userId: person?.userId ?? "",
      mayShare: person?.role === "admin" || person?.role === "operator",
      mayMove: person !== null && person.role !== "agent",
    }),
    [person],
  );
}
