import type { Edit, Refusal } from "../../../shared/sync/edit.ts";
import type { Tx } from "../../database/index.ts";
import { countUses, forgetUses, sayInUse } from "../../settings-in-use.ts";
import { keyOf, type RowSet } from "../rows.ts";
import type { Outcomes } from "./outcomes.ts";

/** By id: settings that the edits would remove although something points at them, and why they stay. */
export async function findSettingsInUse(
  tx: Tx,
  tenantId: string,
  edits: readonly Edit[],
  rows: RowSet,
): Promise<Map<string, Refusal>> {
  const refusals = new Map<string, Refusal>();
  for (const edit of edits.filter(removesSetting)) {
    const doc = rows.get(keyOf(edit))?.master?.doc;
    const uses = doc ? await countUses(tx, tenantId, doc) : 0;
    if (uses > 0) refusals.set(edit.id, { code: "forbidden", message: sayInUse(uses, nounOf(doc)) });
  }
  return refusals;
}

/** What hung on settings that are gone now. */
export async function forgetRemoved(
  tx: Tx,
  tenantId: string,
  edits: readonly Edit[],
  rows: RowSet,
  outcomes: Outcomes,
): Promise<void> {
  const removed = edits.filter((edit) => removesSetting(edit) && outcomes.has(edit.editId));
  for (const edit of removed) {
    const master = rows.get(keyOf(edit))?.master;
    if (master?.deleted) await forgetUses(tx, tenantId, master.doc);
  }
}

function removesSetting({ kind, collection }: Edit): boolean {
  return kind === "delete" && collection === "settings";
}

function nounOf(doc: Readonly<Record<string, unknown>> | undefined): string {
  return String(doc?.["kind"] ?? "setting").replaceAll("-", " ");
}
