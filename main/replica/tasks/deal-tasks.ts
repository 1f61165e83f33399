import type { Task } from "../../../shared/entities/task.ts";
import type { dealTasks } from "../../../shared/rpc/contract/work.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { byDue, dueIn } from "../../../shared/tasks/whole-day.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { RecordsChanged, Replica } from "../replica.ts";
import { changesNames, toTaskRows } from "./task-lists.ts";

/** The open tasks of a deal. */
export function createDealTasks(replica: Replica, clock: LocalClock): QueryHandler<typeof dealTasks> {
  const { reads } = replica;
  return liveQuery<typeof dealTasks>(
    { reads },
    {
      dependsOn: ["tasks", "leads", "deals"],
      affects: (change, { dealId }) =>
        change.collection === "tasks" ? concernsDeal(change, dealId) : changesNames(change),
      async read({ dealId }) {
        const rows = await reads.sql<{ doc: Task }>(
          `select ${recordSql} as doc from ${reads.table("tasks")}
           where not deleted and doc->>'dealId' = $1 and doc->>'doneAt' is null order by id limit 500`,
          [dealId],
        );
        const tasks = rows.map(({ doc }) => doc).sort(byDue(dueIn(clock.zone())));
        return { tasks: await toTaskRows(replica, tasks) };
      },
    },
  );
}

/** Whether a change touches a task that hangs, or hung, on the deal. */
function concernsDeal({ records }: RecordsChanged, dealId: string): boolean {
  const dealOf = (record: unknown) => (record as { dealId?: unknown } | null)?.dealId;
  return records.some(({ before, after }) => dealOf(before) === dealId || dealOf(after) === dealId);
}
