import { Link } from "@tanstack/react-router";
import { otherNumber } from "../../../shared/calls/call.ts";
import { Icon } from "../../ui/display/icon.tsx";
import { Phone } from "../../ui/display/phone.tsx";
import { dayAndTime } from "../../ui/format/times.ts";
import { callIcon, callOutcome, useClickToCall } from "../calls/index.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

type RecentCall = Dashboard["recentCalls"][number];
const shownCalls = 8;

export function RecentCalls({ calls, now }: { calls: readonly RecentCall[]; now: Date }) {
  return (
    <Section
      title="Recent calls"
      empty={calls.length === 0 && "None yet. They stand here once there are some."}
    >
      <ul>
        {calls.slice(0, shownCalls).map((call) => (
          <li key={call.id}>
            <CallRow call={call} now={now} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function CallRow({ call, now }: { call: RecentCall; now: Date }) {
  const clickToCall = useClickToCall();
  const number = otherNumber(call);
  // A row that leads to somebody is one link: a button in it would call and go there.
  const onCall = call.leadId ? undefined : clickToCall(number, null);
  const row = (
    <>
      <Icon of={callIcon(call)} />
      <bdi className={styles["name"]}>{call.leadName ?? <Phone number={number} onCall={onCall} />}</bdi>
      <span className={styles["detail"]}>{callOutcome(call)}</span>
      <time className={styles["end"]} dateTime={call.startedAt}>
        {dayAndTime(new Date(call.startedAt), now)}
      </time>
    </>
  );
  if (!call.leadId) return <span className={styles["row"]}>{row}</span>;
  return (
    <Link to="/leads/$leadId" params={{ leadId: call.leadId }} className={styles["row"] ?? ""}>
      {row}
    </Link>
  );
}
