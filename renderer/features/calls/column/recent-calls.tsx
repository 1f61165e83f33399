import { Link } from "@tanstack/react-router";
import { isSameDay } from "date-fns";
import { otherNumber } from "../../../../shared/calls/call.ts";
import type { dashboard } from "../../../../shared/rpc/contract/work.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { Phone } from "../../../ui/display/phone.tsx";
import { clockTime, dayName } from "../../../ui/format/times.ts";
import { callIcon, callOutcome } from "../model/call-words.ts";
import { useClickToCall } from "../model/use-click-to-call.ts";
import styles from "./column.module.css";

type RecentCall = OutputOf<typeof dashboard>["recentCalls"][number];

const recentShown = 8;

/** Who was last. */
export function RecentCalls({ calls }: { calls: RecentCall[] | undefined }) {
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
  const clickToCall = useClickToCall();
  const number = otherNumber(call);
  // A row that leads to somebody is one link: a button in it would call and go there.
  const onCall = call.leadId ? undefined : clickToCall(number, null);
  const line = (
    <>
      <Icon of={callIcon(call)} />
      <span className="cut">{call.leadName ?? <Phone number={number} onCall={onCall} />}</span>
      <span>{callOutcome(call)}</span>
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
