import { formatCount, formatPercent } from "../../../renderer/ui/format/numbers.ts";
import type { Monitor, MonitorCall, MonitorQueue } from "../../admin/monitor-wire.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { sayAgents, sayCaller, sayLength } from "./monitor-words.ts";
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
          width: "76px",
          align: "end",
          cell: ({ waiting }) => (
            <span className={waiting > 0 ? styles["now"] : ""}>{formatCount(waiting)}</span>
          ),
        },
        {
          title: "Longest",
          width: "76px",
          align: "end",
          cell: ({ longestSince }) => sayLength(longestSince, now),
        },
        { title: "Today within target", width: "172px", cell: (queue) => <ServiceLevel queue={queue} /> },
        {
          title: "Answered",
          width: "92px",
          align: "end",
          spare: true,
          cell: ({ answered, calls }) => `${formatCount(answered)} of ${formatCount(calls)}`,
        },
        { title: "Agents", width: "36%", cell: ({ agents }) => sayAgents(agents) },
      ]}
    />
  );
}

function ServiceLevel({ queue: { serviceLevel, targetSeconds } }: { queue: MonitorQueue }) {
  if (serviceLevel === null) return "No calls yet";
  return (
    <span className={styles["level"]}>
      <span className={styles["track"]} aria-hidden>
        <span style={{ width: `${100 * serviceLevel}%` }} />
      </span>
      <strong>{formatPercent(100 * serviceLevel)}</strong> in {targetSeconds} s
    </span>
  );
}

/** Longest first, as they came. */
function Waiting({ calls, queue, now }: { calls: readonly MonitorCall[]; queue: string; now: Date }) {
  const waiting = calls.filter((call) => call.phase === "queued" && call.queue === queue);
  return (
    <ol className={styles["waiting"]}>
      {waiting.map((call) => (
        <li key={call.callId}>
          <bdi>{sayCaller(call)}</bdi> <time>{sayLength(call.startedAt, now)}</time>
        </li>
      ))}
    </ol>
  );
}
