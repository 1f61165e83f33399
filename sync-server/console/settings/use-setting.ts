import { useChange, type Request } from "../api/use-change.ts";
import { useUnsaved } from "../api/use-unsaved.ts";

/** What fields, stages and dispositions have in common. */
export type OrderedSetting = { id: string; label: string; archived: boolean };

const kept = ["id", "kind", "order", "archived", "rev", "createdAt", "updatedAt", "kept"];

/** The body that makes a setting again: what an admin has given it, without what the server keeps. */
export function remakeOf(item: OrderedSetting): object {
  return Object.fromEntries(Object.entries(item).filter(([field]) => !kept.includes(field)));
}

/** Changes to the list of settings at `path`, each with what takes it back. */
export function useSetting(path: string) {
  const change = useChange();
  const patch = (id: string, body: object): Request => ({ method: "PATCH", path: `${path}/${id}`, body });
  const order = (ids: readonly string[]): Request => ({
    method: "PUT",
    path: `${path}/order`,
    body: { ids },
  });
  return {
    save: (id: string, next: object, before: object, said: string) =>
      change({ request: patch(id, next), undo: [patch(id, before)], said }),
    /** @param next some fields of the item */
    saveFields: <Item extends OrderedSetting>(item: Item, next: Partial<Item>, said: string) => {
      const before = Object.fromEntries(Object.keys(next).map((field) => [field, item[field as keyof Item]]));
      return change({ request: patch(item.id, next), undo: [patch(item.id, before)], said });
    },
    archive: ({ id, label }: OrderedSetting) =>
      change({
        request: patch(id, { archived: true }),
        undo: [patch(id, { archived: false })],
        said: `“${label}” is archived. Records keep what they say about it.`,
      }),
    bringBack: ({ id, label }: OrderedSetting) =>
      change({
        request: patch(id, { archived: false }),
        undo: [patch(id, { archived: true })],
        said: `“${label}” is offered again.`,
      }),
    /** @param remake the body that makes it again */
    remove: ({ id, label }: OrderedSetting, remake: object, ids: readonly string[]) =>
      change({
        request: { method: "DELETE", path: `${path}/${id}` },
        undo: [{ method: "POST", path, body: remake }, order(ids)],
        said: `“${label}” is removed.`,
      }),
    reorder: (next: readonly string[], before: readonly string[], said: string) =>
      change({ request: order(next), undo: [order(before)], said }),
  };
}

/** One setting as its editor shows it, and changes to some of its fields. */
export function useEdited<Item extends OrderedSetting>(path: string, item: Item) {
  const setting = useSetting(path);
  const { shown, keep } = useUnsaved(item);
  const save = (next: Partial<Item>, said: string) =>
    keep({ ...shown, ...next }, () => setting.saveFields(shown, next, said));
  return { shown, save };
}
