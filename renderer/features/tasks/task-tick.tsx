import { Check } from "lucide-react";
import type { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/display/icon.tsx";
import type { TaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

/** The circle that finishes a task, or opens it again. */
export function TaskTick({
  task,
  done,
  actions,
  tabIndex = 0,
}: {
  task: TaskRow;
  done: boolean;
  actions: TaskActions;
  /** -1 in a list whose keys do the same. */
  tabIndex?: number;
}) {
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      role="checkbox"
      aria-checked={done}
      aria-label={done ? `Open ${task.title} again` : `Finish ${task.title}`}
      className={classNames(styles["tick"], done && styles["ticked"])}
      onClick={() => (done ? actions.reopen(task) : actions.finish(task))}
    >
      {done && <Icon of={Check} size={12} stroke={2} />}
    </button>
  );
}
