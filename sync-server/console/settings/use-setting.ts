import { useChange, type Request } from "../api/use-change.ts";

/** What fields, stages and dispositions have in common. */
export type OrderedSetting = { id: string; label: string; archived: boolean };

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
