import { listTasks } from "../../../shared/rpc/contract/work.ts";
import { useLive } from "../../client/index.ts";

/** How many of my tasks are due today or late: the badge of the rail. */
export function useTasksDue(): number {
  return (
    useLive(listTasks, { scope: "today", assignee: "me", search: "", offset: 0, limit: 1 }).value?.counts
      .today ?? 0
  );
}
