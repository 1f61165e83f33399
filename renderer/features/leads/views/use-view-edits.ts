import type { FieldValue } from "../../../../shared/entities/fields.ts";
import { newRecordId, type RecordId } from "../../../../shared/entities/id.ts";
import { useEdits } from "../../../client/index.ts";
import { dropDraft } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";

export interface ViewEdits {
  /** One's own views; shared ones belong to those who may share. */
  maySave: boolean;
  create: (name: string, shared: boolean) => Promise<void>;
  save: () => Promise<void>;
  rename: (name: string) => Promise<void>;
  move: (order: number) => Promise<void>;
  share: (shared: boolean) => Promise<void>;
  remove: () => Promise<void>;
}

/** What can be done with the view that is shown. Everything can be taken back. */
export function useViewEdits(list: LeadListModel): ViewEdits {
  const { edit, create, remove } = useEdits();
  const { view, me, views } = list;
  const asShown = () => ({
    filters: view.filters as FieldValue,
    sort: view.sort as FieldValue,
    columns: [...list.columns],
    layout: view.layout,
  });
  const set = (fields: Record<string, FieldValue>, label: string) =>
    edit([{ collection: "settings", id: view.id as RecordId, set: fields }], label);
  const lastOrder = Math.max(0, ...views.map(({ order }) => order).filter(Number.isFinite));

  return {
    maySave: view.saved && (view.ownerId === me.userId || (view.ownerId === null && me.mayShare)),
    async create(name, shared) {
      const id = `view:${newRecordId()}` as RecordId;
      const fields = {
        kind: "view",
        name,
        ownerId: shared ? null : me.userId,
        order: lastOrder + 1,
        ...asShown(),
      };
      const made = await create({ collection: "settings", id, fields, label: `Added the view ${name}` });
      if (!made.ok) return;
      dropDraft(view.id);
      list.showView(id);
    },
    async save() {
      const saved = await set(asShown(), `Saved the view ${view.name}`);
      if (saved.ok) dropDraft(view.id);
    },
    rename: async (name) => void (await set({ name }, `Renamed ${view.name} to ${name}`)),
    move: async (order) => void (await set({ order }, `Moved the view ${view.name}`)),
    share: async (shared) =>
      void (await set(
        { ownerId: shared ? null : me.userId },
        shared ? `Everybody sees ${view.name}` : `Only you see ${view.name}`,
      )),
    async remove() {
      const removed = await remove("settings", [view.id as RecordId], `Deleted the view ${view.name}`);
      if (removed.ok) list.showView(views.find(({ id }) => id !== view.id)?.id ?? "all");
    },
  };
}
