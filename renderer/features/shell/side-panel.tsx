import { Link } from "@tanstack/react-router";
import { isSameDay } from "date-fns";
import { PhoneIncoming, PhoneMissed, PhoneOutgoing, Search } from "lucide-react";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { dashboard } from "../../../shared/rpc/contract/work.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { Icon, type IconType } from "../../ui/display/icon.tsx";
import { formatPhone } from "../../ui/format/phones.ts";
import { clockTime, dayName, formatDuration } from "../../ui/format/times.ts";
import { PresenceMenu } from "../sync/index.ts";
import { openPalette } from "./desk-state.ts";
import styles from "./side-panel.module.css";

type Dashboard = OutputOf<typeof dashboard>;
type RecentCall = Dashboard["recentCalls"][number];

const recentShown = 8;

/** The call's place. Until there are calls: presence, who is next, who was last. */
export function SidePanel() {
  const answer = useLive(dashboard, {}).value;
  return (
    <aside className={styles["panel"]} aria-label="Calls">
      <div className={styles["presence"]}>
        <PresenceMenu />
      </div>
      <FindPerson />
      <div className={styles["scroll"]}>
        <NextCalls calls={answer?.nextCalls} />
        <RecentCalls calls={answer?.recentCalls} />
      </div>
    </aside>
  );
}

/** Its place, so that nothing moves when it comes. */
export function SidePanelRoom() {
  return <div className={styles["panel"]} />;
}

/** Finds people; dialling from here comes with the softphone, and the note says so. */
function FindPerson() {
  return (
    <div className={styles["find"]}>
      <button type="button" className={styles["find-box"]} onClick={() => openPalette()}>
        Name or number
        <span className={styles["find-icon"]}>
          <Icon of={Search} />
        </span>
      </button>
      <p className={styles["find-note"]}>Finds people on this device. No phone line is set up.</p>
    </div>
  );
}

function NextCalls({ calls }: { calls: Dashboard["nextCalls"] | undefined }) {
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

function RecentCalls({ calls }: { calls: RecentCall[] | undefined }) {
  return (
    <section className={styles["section"]}>
      <div className={styles["section-head"]}>
        <h2>Recent</h2>
      </div>
      {calls?.slice(0, recentShown).map((call) => (
        <RecentLine key={call.id} call={call} />
      ))}
      {calls?.length === 0 && <p className={styles["empty"]}>No calls yet.</p>}
    </section>
  );
}

function RecentLine({ call }: { call: RecentCall }) {
  const number = call.direction === "inbound" ? call.from : call.to;
  const line = (
    <>
      <Icon of={callIcon(call)} />
      <span className="cut">{call.leadName ?? formatPhone(number)}</span>
      <span>{callLength(call)}</span>
      <time dateTime={call.startedAt}>{whenCalled(new Date(call.startedAt))}</time>
    </>
  );
  if (!call.leadId) return <div className={styles["recent"]}>{line}</div>;
  return (
    <Link to="/leads/$leadId" params={{ leadId: call.leadId }} className={styles["recent"]}>
      {line}
    </Link>
  );
}

/** The time of today, the day of what was before. */
function whenCalled(at: Date): string {
  const now = new Date();
  return isSameDay(at, now) ? clockTime(at) : dayName(at, now);
}

function callIcon(call: RecentCall): IconType {
  if (call.direction === "outbound") return PhoneOutgoing;
  return call.answeredAt ? PhoneIncoming : PhoneMissed;
}

function callLength(call: RecentCall): string {
  if (!call.answeredAt) return call.direction === "inbound" ? "missed" : "no answer";
  const end = call.endedAt ? Date.parse(call.endedAt) : Date.parse(call.answeredAt);
  return formatDuration((end - Date.parse(call.answeredAt)) / 1000);
}
