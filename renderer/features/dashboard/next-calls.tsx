import { Link } from "@tanstack/react-router";
import { clockTime } from "../../ui/format/times.ts";
import { useDirectory } from "../../client/index.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

export function NextCalls({ calls }: { calls: Dashboard["nextCalls"] }) {
  const { term } = useDirectory();
  return (
    <Section
      title="Next calls"
      note={calls.length > 0 && `${calls.length} today`}
      empty={calls.length === 0 && `None today. Give a ${term("lead")} a task with a time.`}
    >
      <ul>
        {calls.map((call) => (
          <li key={call.taskId}>
            <Link to="/leads/$leadId" params={{ leadId: call.leadId }} className={styles["row"] ?? ""}>
              <time className={styles["time"]} dateTime={call.dueAt}>
                {clockTime(new Date(call.dueAt))}
              </time>
              <bdi className={styles["name"]}>{call.name}</bdi>
              <span className={styles["detail"]}>{call.note}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
