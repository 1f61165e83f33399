import type { Setting, Sort, View } from "../../../../shared/entities/setting.ts";
import { sameValue } from "../../../../shared/sync/fields.ts";
import type { ViewDraft } from "./list-state.ts";

/** A view as the list uses it: saved in the settings, or the one that is always there. */
export type LeadView = Pick<
  View,
  "name" | "ownerId" | "filters" | "sort" | "columns" | "layout" | "order"
> & {
  id: string;
  saved: boolean;
};

const byName: Sort = { field: "name", direction: "asc" };

/** Saved views that `userId` may see, in order; “All” where no saved view shows everything. */
export function listViews(settings: readonly Setting[], userId: string, allLabel: string): LeadView[] {
  const saved = settings
    .filter((setting) => setting.kind === "view")
    .filter((view) => view.ownerId === null || view.ownerId === userId)
    .toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name))
    .map((view): LeadView => ({ ...view, saved: true }));
  const showsAll = saved.some((view) => view.filters.length === 0);
  return showsAll ? saved : [...saved, allView(allLabel)];
}

/**
 * The view that an address names, otherwise the first one. Before the saved views have arrived there is only the one
 * that is always there: whoever chose it then sees the saved one that shows everything.
 * @throws when there is none, which `listViews` never answers
 */
export function findView(views: readonly LeadView[], wanted: string | undefined): LeadView {
  const named = views.find(({ id }) => id === wanted);
  const everything = wanted === allViewId ? views.find(({ filters }) => filters.length === 0) : undefined;
  const found = named ?? everything ?? views[0];
  if (!found) throw new Error("there is always the view of everything");
  return found;
}

const allViewId = "all";

function allView(name: string): LeadView {
  return {
    id: allViewId,
    name,
    ownerId: null,
    filters: [],
    sort: byName,
    columns: [],
    layout: "list",
    order: Infinity,
    saved: false,
  };
}

export function withDraft(view: LeadView, draft: ViewDraft | undefined): LeadView {
  return draft ? { ...view, ...draft } : view;
}

/** Whether there is anything to save. A draft that says what the view says is no change. */
export function isChanged(view: LeadView, draft: ViewDraft | undefined): boolean {
  if (!draft) return false;
  return Object.entries(draft).some(([key, value]) => !sameValue(value, view[key as keyof ViewDraft]));
}

/** The order number that puts a view one place to the left or right; null where it is at the end already. */
export function orderBeside(
  views: readonly Pick<LeadView, "id" | "order">[],
  id: string,
  step: -1 | 1,
): number | null {
  const index = views.findIndex((view) => view.id === id);
  const beside = views[index + step];
  const beyond = views[index + 2 * step];
  if (index < 0 || !beside || !Number.isFinite(beside.order)) return null;
  return beyond && Number.isFinite(beyond.order) ? (beside.order + beyond.order) / 2 : beside.order + step;
}
