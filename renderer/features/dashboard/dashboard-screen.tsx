import type { OutputOf } from "../../../shared/rpc/define.ts";
import { dashboard } from "../../../shared/rpc/contract/work.ts";
import { useLive } from "../../client/index.ts";
import { dayHeading } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { TopBar, useOwnRightColumn } from "../shell/index.ts";
import { AppointmentsToday } from "./appointments-today.tsx";
import { AssistantAndUsage } from "./assistant-and-usage.tsx";
import { CallsToday } from "./calls-today.tsx";
import { HotLeads } from "./hot-leads.tsx";
import { NextCalls } from "./next-calls.tsx";
import { RecentCalls } from "./recent-calls.tsx";
import { Suggested } from "./suggested.tsx";
import { TasksDue } from "./tasks-due.tsx";
import { WaitingLetters } from "./waiting-letters.tsx";
import styles from "./dashboard.module.css";

export type Dashboard = OutputOf<typeof dashboard>;

/** The day at a glance: what was done, what comes, who is waiting. */
export function DashboardScreen() {
  useOwnRightColumn();
  const today = useLive(dashboard, {}).value;
  const now = useNow();
  return (
    <>
      <TopBar crumbs={[{ label: "Today" }]} after={dayHeading(now, new Date(0))} />
      {today && (
        <div className={styles["page"]}>
          <CallsToday calls={today.callsToday} />
          <NextCalls calls={today.nextCalls} />
          <WaitingLetters now={now} />
          <TasksDue tasks={today.tasksDue} late={today.tasksLate} now={now} />
          <AppointmentsToday appointments={today.appointmentsToday} now={now} />
          <Suggested hotLeads={today.hotLeads} recentCalls={today.recentCalls} />
          <HotLeads leads={today.hotLeads} />
          <RecentCalls calls={today.recentCalls} now={now} />
          <AssistantAndUsage usage={today.usage} />
        </div>
      )}
    </>
  );
}
