import { TaskScope } from "../../../shared/rpc/contract/work.ts";
import type { Scope } from "./task-groups.ts";

export interface TasksSearch {
  /** Which tasks are listed; today's without it. */
  show?: Scope;
  /** `team` or a person's id; mine without it. */
  of?: string;
  /** The task that is open. */
  open?: string;
}

/** What an address of the tasks says. Anything else in it is ignored. */
export function readTasksSearch(search: Record<string, unknown>): TasksSearch {
  const { show, of, open } = search;
  return {
    ...(TaskScope.safeParse(show).success ? { show: show as Scope } : {}),
    ...(typeof of === "string" ? { of } : {}),
    ...(typeof open === "string" ? { open } : {}),
  };
}
