import type { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { classNames } from "../../ui/class-names.ts";
import { PriorityMark } from "./priority-mark.tsx";
import { dueText } from "./task-groups.ts";
import { TaskTick } from "./task-tick.tsx";
import { useTaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

/** Tasks in short, to be finished where they are seen: today's with their people, or those of a deal with their days. */
export function TaskLines({
  tasks,
  now,
  of = "today",
}: {
  tasks: readonly TaskRow[];
  now: Date;
  of?: "today" | "deal";
}) {
  const actions = useTaskActions();
  return (
    <ul>
      {tasks.map((task) => {
        const due = dueText(task, of === "today" ? "today" : "someday", now);
        return (
          <li key={task.id} className={classNames(styles["row"], styles["line"])}>
            <TaskTick task={task} done={task.doneAt !== null} actions={actions} />
            <span className={styles["open"]}>
              <bdi className={classNames(styles["title"], "cut")}>{task.title}</bdi>
              <PriorityMark priority={task.priority} />
            </span>
            {of === "today" && task.leadName && (
              <bdi className={classNames(styles["lead"], "cut")}>{task.leadName}</bdi>
            )}
            <span className={classNames(styles["due"], due.strong && styles["strong"])}>{due.text}</span>
          </li>
        );
      })}
    </ul>
  );
}
