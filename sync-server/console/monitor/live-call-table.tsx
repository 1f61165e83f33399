import { PhoneIncoming, PhoneOutgoing } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import type { Monitor, MonitorCall } from "../../admin/monitor-wire.ts";
import { DataTable } from "../parts/data-table.tsx";
import { EndCallDialog } from "./end-call-dialog.tsx";
import { sayCaller, sayLength, sayPhase } from "./monitor-words.ts";
import styles from "./monitor.module.css";

/** Calls that somebody is in or that ring; who waits stands with the queues. */
export function LiveCallTable({ monitor, now }: { monitor: Monitor | undefined; now: Date }) {
  const [ending, setEnding] = useState<MonitorCall | null>(null);
  const queueNames = new Map(monitor?.queues.map(({ queue, name }) => [queue, name]));
  return (
    <>
      <DataTable
        label="Live calls"
        rows={monitor?.calls.filter(({ phase }) => phase !== "queued")}
        rowKey={({ callId }) => callId}
        empty="Nobody is on a call."
        columns={[
          {
            title: "With",
            cell: (call) => (
              <span className={styles["with"]}>
                <Icon of={call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing} size={14} />
                <bdi className="cut">{sayCaller(call)}</bdi>
                <span className="visually-hidden">
                  {call.direction === "inbound" ? "calls in" : "is called"}
                </span>
              </span>
            ),
          },
          { title: "Agent", width: "26%", cell: ({ agents }) => agents.join(", ") },
          { title: "State", width: "100px", cell: sayPhase },
          {
            title: "Length",
            width: "72px",
            align: "end",
            cell: ({ answeredAt, startedAt }) => sayLength(answeredAt ?? startedAt, now),
          },
          {
            title: "Queue",
            width: "16%",
            spare: true,
            cell: ({ queue }) => queueNames.get(queue) ?? queue,
          },
          {
            title: "Actions",
            width: "96px",
            align: "end",
            cell: (call) =>
              (call.mayEnd || call.endsAtDesk) && (
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={`Hang up ${sayCaller(call)}`}
                  onClick={() => setEnding(call)}
                >
                  Hang up
                </Button>
              ),
          },
        ]}
        foot={
          <p className={styles["foot"]}>
            To listen, whisper or join in, open Calls and then Wallboard on your desk.
          </p>
        }
      />
      <EndCallDialog call={ending} onClose={() => setEnding(null)} />
    </>
  );
}
