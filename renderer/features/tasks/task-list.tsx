import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import type { TaskRow as Task } from "../../../shared/rpc/contract/work.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { useKeptRow } from "../../ui/table/use-kept-row.ts";
import { TaskCard } from "./task-card.tsx";
import { groupTasks, type Scope } from "./task-groups.ts";
import { TaskRow } from "./task-row.tsx";
import { useLeaving } from "./use-leaving.ts";
import type { TaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

export type TaskListProps = {
  rows: readonly Task[];
  scope: Scope;
  actions: TaskActions;
  showAssignee: boolean;
  openId: string | null;
  onOpen: (id: string | null) => void;
};

/**
 * Tasks under their days. The list has the focus: J/K or arrows move, space finishes, S snoozes, Enter or E opens,
 * Backspace deletes.
 */
export function TaskList({
  rows,
  scope,
  actions: plainActions,
  showAssignee,
  openId,
  onOpen,
}: TaskListProps) {
  const idBase = useId();
  const now = useNow();
  const { shown, isLeaving, leave } = useLeaving(rows);
  const actions = useFinishingInPlace(plainActions, shown, scope, leave);
  const groups = groupTasks(shown, scope, now);
  const order = groups.flatMap((group) => group.rows);
  const [snoozingId, setSnoozingId] = useState<string | null>(null);
  const [cursor, keepCursor, isKept] = useKeptRow(order.map(({ id }) => id));
  const list = useRef<HTMLDivElement>(null);
  const cursorId = order[cursor]?.id;
  useCursorInView(list, isKept && cursorId ? `${idBase}-${cursorId}` : null);
  useFocusBack(list, openId);
  const onKeyDown = (event: KeyboardEvent) => {
    const task = order[cursor];
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || !task) return;
    const act = keyActions({
      task,
      order,
      cursor,
      actions,
      onOpen,
      onCursor: keepCursor,
      onSnooze: setSnoozingId,
    })[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={list}
      role="grid"
      aria-label="Tasks"
      aria-activedescendant={cursorId ? `${idBase}-${cursorId}` : undefined}
      tabIndex={0}
      className={styles["list"]}
      onKeyDown={onKeyDown}
      data-table
    >
      {groups.map((group) => (
        <div key={group.key} role="rowgroup" className={styles["group"]}>
          {group.heading !== "" && (
            <div role="row" className={styles["heading"]}>
              <span role="rowheader">{group.heading}</span>
            </div>
          )}
          {group.rows.map((task) =>
            task.id === openId ? (
              <TaskCard
                key={task.id}
                id={`${idBase}-${task.id}`}
                task={task}
                actions={actions}
                onClose={() => onOpen(null)}
              />
            ) : (
              <TaskRow
                key={task.id}
                id={`${idBase}-${task.id}`}
                task={task}
                scope={scope}
                now={now}
                actions={actions}
                isCursor={task.id === cursorId}
                leaving={isLeaving(task.id)}
                showAssignee={showAssignee}
                snoozing={snoozingId === task.id}
                onSnoozing={(opened) => setSnoozingId(opened ? task.id : null)}
                onCursor={() => keepCursor(task.id)}
                onOpen={() => onOpen(task.id)}
              />
            ),
          )}
        </div>
      ))}
    </div>
  );
}

/** Finishing leaves the row in its place for a moment; the cursor stays where the eye is. */
function useFinishingInPlace(
  actions: TaskActions,
  shown: readonly Task[],
  scope: Scope,
  leave: (task: Task) => void,
): TaskActions {
  return {
    ...actions,
    finish(named) {
      const task = shown.find(({ id }) => id === named.id);
      if (task && scope !== "done") leave(task);
      actions.finish(named);
    },
  };
}

type KeyContext = {
  task: Task;
  order: readonly Task[];
  cursor: number;
  actions: TaskActions;
  onOpen: (id: string) => void;
  onCursor: (id: string | null) => void;
  onSnooze: (id: string) => void;
};

function keyActions({
  task,
  order,
  cursor,
  actions,
  onOpen,
  onCursor,
  onSnooze,
}: KeyContext): Record<string, () => void> {
  const go = (to: number) => () => onCursor(order[Math.min(order.length - 1, Math.max(0, to))]?.id ?? null);
  const open = () => onOpen(task.id);
  const remove = () => {
    go(cursor + (cursor + 1 < order.length ? 1 : -1))();
    actions.remove(task);
  };
  return {
    ArrowDown: go(cursor + 1),
    j: go(cursor + 1),
    ArrowUp: go(cursor - 1),
    k: go(cursor - 1),
    Home: go(0),
    End: go(order.length - 1),
    Enter: open,
    e: open,
    " ": () => (task.doneAt ? actions.reopen(task) : actions.finish(task)),
    s: () => !task.doneAt && onSnooze(task.id),
    Backspace: remove,
    Delete: remove,
  };
}

function useCursorInView(list: React.RefObject<HTMLElement | null>, rowId: string | null): void {
  useEffect(() => {
    if (rowId) list.current?.querySelector(`#${CSS.escape(rowId)}`)?.scrollIntoView({ block: "nearest" });
  }, [list, rowId]);
}

/** Closing a card gives the keys back to the list. */
function useFocusBack(list: React.RefObject<HTMLElement | null>, openId: string | null): void {
  const previous = useRef(openId);
  useEffect(() => {
    if (previous.current !== null && openId === null) list.current?.focus({ preventScroll: true });
    previous.current = openId;
  }, [list, openId]);
}
