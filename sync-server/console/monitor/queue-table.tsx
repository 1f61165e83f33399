import { formatCount, formatPercent } from "../../../renderer/ui/format/numbers.ts";
import type { Monitor, MonitorCall, MonitorQueue } from "../../admin/monitor-wire.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { sayCaller, sayLength } from "./monitor-words.ts";
import styles from "./monitor.module.css";

/** Queues of callers, and whoever waits in them below each. */
export function QueueTable({
  monitor,
  now,
  isAdmin,
}: {
  monitor: Monitor | undefined;
  now: Date;
  isAdmin: boolean;
}) {
  return (
    <DataTable
      label="Queues"
      rows={monitor?.queues}
      rowKey={({ queue }) => queue}
      empty={
        <>
          No queues: every call rings whoever has been free for longest.{" "}
          {isAdmin && <Link to={["queues", "new"]}>Add a queue</Link>}
        </>
      }
      more={({ queue, waiting }) =>
        waiting > 0 && <Waiting calls={monitor?.calls ?? []} queue={queue} now={now} />
      }
      columns={[
        { title: "Queue", cell: ({ name }) => name },
        {
          title: "Waiting",
          width: "70px",
          align: "end",
          cell: ({ waiting }) => (
            <span className={waiting > 0 ? styles["now"] : ""}>{formatCount(waiting)}</span>
          ),
        },
        {
          title: "Longest",
          width: "70px",
          align: "end",
          cell: ({ longestSince }) => sayLength(longestSince, now),
        },
        { title: "Answered in time today", width: "186px", cell: (queue) => <ServiceLevel queue={queue} /> },
        counted("Free", ({ available }) => available),
        counted("Busy", ({ busy, ...agents }) => busy + agents["on-call"]),
        counted("Wrap-up", (agents) => agents["wrap-up"]),
        counted("Break", (agents) => agents.break),
      ]}
    />
  );
}

/** People who take the queue's calls, by what they do. */
function counted(title: string, count: (agents: MonitorQueue["agents"]) => number): DataColumn<MonitorQueue> {
  return { title, width: "66px", align: "end", cell: ({ agents }) => formatCount(count(agents)) };
}

function ServiceLevel({ queue: { serviceLevel, targetSeconds, calls } }: { queue: MonitorQueue }) {
  if (serviceLevel === null) return "No calls yet";
  return (
    <span className={styles["level"]}>
      <span className={styles["track"]} aria-hidden>
        <span style={{ width: `${100 * serviceLevel}%` }} />
      </span>
      <strong>{formatPercent(100 * serviceLevel)}</strong> of {formatCount(calls)} in {targetSeconds} s
    </span>
  );
}

/** Longest first. */
function Waiting({ calls, queue, now }: { calls: readonly MonitorCall[]; queue: string; now: Date }) {
  const waiting = calls
    .filter((call) => call.phase === "queued" && call.queue === queue)
    .toSorted((a, b) => (a.waitsSince ?? "").localeCompare(b.waitsSince ?? ""));
  return (
    <ol className={styles["waiting"]}>
      {waiting.map((call) => (
        <li key={call.callId}>
          <bdi>{sayCaller(call)}</bdi> <time>{sayLength(call.waitsSince, now)}</time>
        </li>
      ))}
    </ol>
  );
}
