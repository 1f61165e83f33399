import type { Filter, Sort, View } from "../../../../shared/entities/setting.ts";
import { createScreenState } from "../../../client/index.ts";
import { emptySelection, type Selection } from "../../../ui/table/selection.ts";

/** What somebody changed in a view and has not saved. */
export type ViewDraft = Partial<Pick<View, "filters" | "sort" | "columns" | "layout">>;

/** Screen state of the list, kept while one looks at a profile and comes back. */
interface ListState {
  drafts: Record<string, ViewDraft>;
  search: string;
  /** The row that keys act on, within the list that `listKey` names. */
  cursor: { listKey: string; index: number };
  /** What is ticked among the leads that `fitKey` names: of another view or search nothing is. */
  ticked: { fitKey: string; selection: Selection };
}

export const useListState = createScreenState<ListState>(() => ({
  drafts: {},
  search: "",
  cursor: { listKey: "", index: -1 },
  ticked: { fitKey: "", selection: emptySelection },
}));

export function changeDraft(viewId: string, change: ViewDraft): void {
  useListState.setState(({ drafts }) => ({
    drafts: { ...drafts, [viewId]: { ...drafts[viewId], ...change } },
  }));
}

export function dropDraft(viewId: string): void {
  useListState.setState(({ drafts }) => {
    const { [viewId]: _dropped, ...others } = drafts;
    return { drafts: others };
  });
}

export const setSearch = (search: string): void => useListState.setState({ search });

export const useSelection = (fitKey: string): Selection =>
  useListState(({ ticked }) => selectedOf(ticked, fitKey));
export const selectionOf = (fitKey: string): Selection => selectedOf(useListState.getState().ticked, fitKey);
export const setSelection = (fitKey: string, selection: Selection): void =>
  useListState.setState({ ticked: { fitKey, selection } });

function selectedOf(ticked: ListState["ticked"], fitKey: string): Selection {
  return ticked.fitKey === fitKey ? ticked.selection : emptySelection;
}

export const setCursor = (listKey: string, index: number): void =>
  useListState.setState({ cursor: { listKey, index } });
export interface ListQuery {
  filters: Filter[];
  sort: Sort;
  search: string;
}
