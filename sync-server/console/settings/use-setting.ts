import type { z } from "zod";
import { useChange, type Request } from "../api/use-change.ts";

/** What fields, stages, dispositions and the like have in common. */
export type KeyedSetting = { id: string; key: string; label: string; archived: boolean };

/** A list of settings, as every part of its page asks for it: constant. */
export type SettingKind<S extends z.ZodType = z.ZodType> = {
  /** Of the list below /api/v1; its page has the same address below /console. */
  path: string;
  noun: string;
  answer: S;
};

/** The address of its page, below /console. */
export function pageOf({ path }: SettingKind): readonly string[] {
  return [path.slice(1)];
}

const kept = ["id", "kind", "order", "archived", "rev", "createdAt", "updatedAt", "kept"];

/** The body that makes a setting again: what an admin has given it, without what the server keeps. */
function remakeOf(item: KeyedSetting): object {
  return Object.fromEntries(Object.entries(item).filter(([field]) => !kept.includes(field)));
}

/** Changes to a list of settings as a whole, each with what takes it back. */
export function useSetting({ path }: Pick<SettingKind, "path">) {
  const change = useChange();
  const archived = (id: string, is: boolean): Request => ({
    method: "PATCH",
    path: `${path}/${id}`,
    body: { archived: is },
  });
  const order = (ids: readonly string[]): Request => ({
    method: "PUT",
    path: `${path}/order`,
    body: { ids },
  });
  return {
    archive: ({ id, label }: KeyedSetting) =>
      change({
        request: archived(id, true),
        undo: [archived(id, false)],
        said: `“${label}” is archived. Records keep what they say about it.`,
      }),
    bringBack: ({ id, label }: KeyedSetting) =>
      change({
        request: archived(id, false),
        undo: [archived(id, true)],
        said: `“${label}” is offered again.`,
      }),
    /** @param all in the order that removing disturbs */
    remove: (item: KeyedSetting, all: readonly KeyedSetting[]) =>
      change({
        request: { method: "DELETE", path: `${path}/${item.id}` },
        undo: [{ method: "POST", path, body: remakeOf(item) }, order(all.map(({ id }) => id))],
        said: `“${item.label}” is removed.`,
      }),
    reorder: (next: readonly string[], before: readonly string[]) =>
      change({ request: order(next), undo: [order(before)], said: "The order is changed." }),
  };
}
