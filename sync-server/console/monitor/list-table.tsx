import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { CallListState } from "../../../shared/calls/outbound/wire.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";

/** Lists that are called through: who is before an agent, who is called, who is due, and how the last day went. */
export function ListTable({
  lists,
  isAdmin,
}: {
  lists: readonly CallListState[] | undefined;
  isAdmin: boolean;
}) {
  const now = useNow();
  return (
    <DataTable
      label="Call lists"
      rows={lists}
      rowKey={({ key }) => key}
      {...(isAdmin && { rowTo: ({ key }: CallListState) => ["call-lists", key, "people"] })}
      faded={({ closed }) => closed !== null}
      empty={
        <>
          No call lists: people are called as agents choose.{" "}
          {isAdmin && <Link to={["call-lists", "new"]}>Add a call list</Link>}
        </>
      }
      columns={[
        { title: "List", cell: ({ label }) => label },
        { title: "State", width: "24%", cell: (list) => sayState(list, now) },
        counted("Being read", ({ reserved }) => reserved),
        counted("Calling", ({ calling }) => calling),
        counted("Due", ({ due }) => due),
        counted("Later", ({ later }) => later, true),
        {
          title: "Last 24 h",
          width: "140px",
          align: "end",
          cell: ({ lastDay: { called, reached } }) =>
            `${formatCount(reached)} of ${formatCount(called)} reached`,
        },
      ]}
    />
  );
}

function counted(
  title: string,
  count: (counts: CallListState["counts"]) => number,
  spare = false,
): DataColumn<CallListState> {
  return {
    title,
    width: "84px",
    align: "end",
    spare,
    cell: ({ counts }) => formatCount(count(counts)),
  };
}

function sayState({ closed, nextAt, counts }: CallListState, now: Date): string {
  if (closed?.why === "paused") return "Paused";
  if (closed) return closed.until ? `Closed until ${dayAndTime(new Date(closed.until), now)}` : "Closed";
  if (counts.due + counts.reserved + counts.calling > 0) return "Open";
  return nextAt ? `Next ${dayAndTime(new Date(nextAt), now)}` : "Called through";
}
