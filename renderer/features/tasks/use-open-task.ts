import { useState } from "react";
import type { Task } from "../../../shared/entities/task.ts";
import { record } from "../../../shared/rpc/contract/records.ts";
import type { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { skip, useLive } from "../../client/index.ts";
import { withLeaving } from "./use-leaving.ts";

type Seen = { task: TaskRow; after: string | null };

/**
 * Rows with the open task among them also once it belongs elsewhere: a colleague finishes it, or it is put off, and its
 * card would go from under the hands of who writes in it.
 */
export function useOpenTask(rows: readonly TaskRow[], openId: string | null): readonly TaskRow[] {
  const index = rows.findIndex(({ id }) => id === openId);
  const task = rows[index];
  const after = rows[index - 1]?.id ?? null;
  const [last, see] = useState<Seen | null>(null);
  if (task && (last?.task !== task || last.after !== after)) see({ task, after });
  const gone = !task && last?.task.id === openId ? last : null;
  const answer = useLive(record, gone ? { collection: "tasks", id: gone.task.id } : skip).value;
  const isDeleted = answer?.record === null;
  if (!gone || isDeleted) return rows;
  const now = answer?.record?.id === openId ? (answer.record as Task) : null;
  return withLeaving(rows, [{ task: { ...gone.task, ...now }, after: gone.after }]);
}
