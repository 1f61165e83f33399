import { Link } from "@tanstack/react-router";
import type { dashboard } from "../../../../shared/rpc/contract/work.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { useDirectory } from "../../../client/index.ts";
import { classNames } from "../../../ui/class-names.ts";
import { clockTime } from "../../../ui/format/times.ts";
import styles from "./column.module.css";

type Calls = OutputOf<typeof dashboard>["nextCalls"] | undefined;

/** Whom somebody asked to be called back today, the next one first. */
export function NextCalls({ calls }: { calls: Calls }) {
  const { term } = useDirectory();
  return (
    <section className={styles["section"]}>
      <div className={styles["section-head"]}>
        <h2>Next calls</h2>
        {calls && calls.length > 0 && <span>{calls.length} today</span>}
      </div>
      {calls?.map((call, index) => (
        <Link
          key={call.taskId}
          to="/leads/$leadId"
          params={{ leadId: call.leadId }}
          className={classNames(styles["next"], index === 0 && styles["first"])}
        >
          <time dateTime={call.dueAt}>{clockTime(new Date(call.dueAt))}</time>
          <span className={styles["next-text"]}>
            <bdi className={`${styles["next-name"] ?? ""} cut`}>{call.name}</bdi>
            <span className={`${styles["next-note"] ?? ""} cut`}>{call.note}</span>
          </span>
        </Link>
      ))}
      {calls?.length === 0 && (
        <p className={styles["empty"]}>None today. Give a {term("lead")} a task with a time.</p>
      )}
    </section>
  );
}
