import { Link } from "@tanstack/react-router";
import { NotebookText, Repeat2, SquareKanban } from "lucide-react";
import type { TaskRow as Task } from "../../../shared/rpc/contract/work.ts";
import { useDirectory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { describeRule } from "./recurrence.ts";
import { PriorityMark } from "./priority-mark.tsx";
import { SnoozeMenu } from "./snooze-menu.tsx";
import { dueText, type Scope } from "./task-groups.ts";
import { TaskTick } from "./task-tick.tsx";
import type { TaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

export type TaskRowProps = {
  task: Task;
  id: string;
  scope: Scope;
  now: Date;
  actions: TaskActions;
  isCursor: boolean;
  /** Finished a moment ago: stays where it was until the eye has seen it. */
  leaving: boolean;
  showAssignee: boolean;
  snoozing: boolean;
  onSnoozing: (opened: boolean) => void;
  onCursor: () => void;
  onOpen: () => void;
};

/** One line: tick, title, what it is about, when. */
export function TaskRow(props: TaskRowProps) {
  const { task, id, now, scope, actions, isCursor, leaving, showAssignee, onCursor, onOpen } = props;
  const directory = useDirectory();
  const due = dueText(task, scope, now);
  const done = task.doneAt !== null || leaving;
  return (
    <div id={id} role="row" aria-selected={isCursor} tabIndex={-1} onMouseDown={onCursor}>
      <div
        role="gridcell"
        className={classNames(styles["row"], isCursor && styles["cursor"], done && styles["done"])}
      >
        <TaskTick task={task} done={done} actions={actions} tabIndex={-1} />
        <button type="button" tabIndex={-1} className={styles["open"]} onClick={onOpen}>
          <bdi className={classNames(styles["title"], "cut")}>{task.title}</bdi>
          <PriorityMark priority={task.priority} />
          {task.notes !== "" && <Icon of={NotebookText} size={13} className={styles["hint"]} />}
          {task.dealName && (
            <span title={`${directory.term("deal")}: ${task.dealName}`} className={styles["hint"]}>
              <Icon of={SquareKanban} size={13} />
            </span>
          )}
          {task.recurrence !== "" && (
            <span title={describeRule(task.recurrence)} className={styles["hint"]}>
              <Icon of={Repeat2} size={13} />
            </span>
          )}
        </button>
        {task.leadId && task.leadName && (
          <Link
            to="/leads/$leadId"
            params={{ leadId: task.leadId }}
            tabIndex={-1}
            className={styles["lead"] ?? ""}
          >
            <bdi>{task.leadName}</bdi>
          </Link>
        )}
        {task.waiting && (
          <span className={styles["waiting"]} title="Not on the server yet" aria-label="not sent yet" />
        )}
        <span className={styles["snooze"]}>
          {!done && (
            <SnoozeMenu
              task={task}
              actions={actions}
              opened={props.snoozing}
              onChange={props.onSnoozing}
              onOther={onOpen}
            />
          )}
        </span>
        <span className={classNames(styles["due"], due.strong && styles["strong"])}>{due.text}</span>
        {showAssignee && (
          <span title={directory.personName(task.assigneeId)}>
            <Avatar name={directory.personName(task.assigneeId)} />
          </span>
        )}
      </div>
    </div>
  );
}
