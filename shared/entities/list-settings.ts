import type { RecordId } from "./id.ts";
import type { SettingKind } from "./setting.ts";

/**
 * Settings of one kind as they stand in a new list: in the order given, none of them archived.
 * @param within what their keys are unique in, besides the kind: a pipeline, a collection
 */
export function listSettings<K extends SettingKind, Own extends { key: string }>(
  kind: K,
  own: readonly Own[],
  within?: string,
) {
  const prefix = within === undefined ? kind : `${kind}:${within}`;
  return own.map((one, order) => {
    const id = `${prefix}:${one.key}` as RecordId;
    return { id, kind, order, archived: false, ...one };
  });
}
