import type { TaskPriority } from "../../../shared/entities/task.ts";
import styles from "./tasks.module.css";

const bars: Record<TaskPriority, number> = { low: 1, normal: 0, high: 2, urgent: 3 };
export const priorityLabels: Record<TaskPriority, string> = {
  low: "Low",
  normal: "Normal",
  high: "High",
  urgent: "Urgent",
};

/** Level as shape: one to three bars; what is normal has no mark. */
export function PriorityMark({ priority }: { priority: TaskPriority }) {
  const full = bars[priority];
  if (full === 0) return null;
  return (
    <svg
      width={12}
      height={12}
      viewBox="0 0 12 12"
      role="img"
      aria-label={`${priorityLabels[priority]} priority`}
      className={styles["priority"]}
    >
      {[1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={(bar - 1) * 4}
          y={12 - bar * 3.5 - 1}
          width={2.6}
          height={bar * 3.5}
          rx={0.8}
          className={bar <= full ? styles["bar-full"] : styles["bar-empty"]}
        />
      ))}
    </svg>
  );
}
