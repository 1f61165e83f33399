import type { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { classNames } from "../../ui/class-names.ts";
import { PriorityMark } from "./priority-mark.tsx";
import { dueText } from "./task-groups.ts";
import { TaskTick } from "./task-tick.tsx";
import { useTaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

/** Today's tasks in short, to be finished where they are seen. */
export function TaskLines({ tasks, now }: { tasks: readonly TaskRow[]; now: Date }) {
  const actions = useTaskActions();
  return (
    <ul>
      {tasks.map((task) => {
        const due = dueText(task, "today", now);
        return (
          <li key={task.id} className={classNames(styles["row"], styles["line"])}>
            <TaskTick task={task} done={task.doneAt !== null} actions={actions} />
            <span className={styles["open"]}>
              <bdi className={classNames(styles["title"], "cut")}>{task.title}</bdi>
              <PriorityMark priority={task.priority} />
            </span>
            {task.leadName && <bdi className={classNames(styles["lead"], "cut")}>{task.leadName}</bdi>}
            <span className={classNames(styles["due"], due.strong && styles["strong"])}>{due.text}</span>
          </li>
        );
      })}
    </ul>
  );
}
