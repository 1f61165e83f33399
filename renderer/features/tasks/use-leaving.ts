import { useCallback, useEffect, useRef, useState } from "react";
import type { TaskRow } from "../../../shared/rpc/contract/work.ts";

const leavingForMs = 1_200;
type Leaving = { task: TaskRow; after: string | null };

/**
 * Rows with those that were finished a moment ago still in their places, ticked: a row that vanishes under the pointer
 * makes the next click hit another one.
 */
export function useLeaving(rows: readonly TaskRow[]): {
  shown: TaskRow[];
  isLeaving: (id: string) => boolean;
  leave: (task: TaskRow) => void;
} {
  const [leaving, setLeaving] = useState<readonly Leaving[]>([]);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  const leave = useCallback(
    (task: TaskRow) => {
      const index = rows.findIndex(({ id }) => id === task.id);
      setLeaving((all) => [...all, { task, after: rows[index - 1]?.id ?? null }]);
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        setLeaving((all) => all.filter((entry) => entry.task.id !== task.id));
      }, leavingForMs);
      timers.current.add(timer);
    },
    [rows],
  );
  return {
    shown: withLeaving(rows, leaving),
    isLeaving: (id) => leaving.some(({ task }) => task.id === id),
    leave,
  };
}

/** Each comes back after the row it stood behind; at the top where that one is gone too. */
export function withLeaving(rows: readonly TaskRow[], leaving: readonly Leaving[]): TaskRow[] {
  const shown = [...rows];
  for (const { task, after } of leaving) {
    if (shown.some(({ id }) => id === task.id)) continue;
    shown.splice(shown.findIndex(({ id }) => id === after) + 1, 0, task);
  }
  return shown;
}
