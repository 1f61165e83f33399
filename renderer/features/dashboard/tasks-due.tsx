import { Link } from "@tanstack/react-router";
import { countOf, formatCount } from "../../ui/format/numbers.ts";
import { TaskLines, useTasksDue } from "../tasks/index.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

const shownTasks = 6;

export function TasksDue({ tasks, late, now }: { tasks: Dashboard["tasksDue"]; late: number; now: Date }) {
  // The answer holds the first of them; the count is of all.
  const due = Math.max(useTasksDue(), tasks.length);
  const more = due - shownTasks;
  return (
    <Section
      title="Tasks due"
      note={due > 0 && `${formatCount(due)}${late > 0 ? `, ${formatCount(late)} late` : ""}`}
      empty={
        tasks.length === 0 && (
          <>
            Nothing is left for today. <Link to="/tasks">Look ahead</Link>
          </>
        )
      }
    >
      <TaskLines tasks={tasks.slice(0, shownTasks)} now={now} />
      {more > 0 && (
        <Link to="/tasks" className={styles["more"] ?? ""}>
          {countOf(more, "more task")}
        </Link>
      )}
    </Section>
  );
}
