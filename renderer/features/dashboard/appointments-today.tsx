import { Link } from "@tanstack/react-router";
import { isBefore } from "date-fns";
import { classNames } from "../../ui/class-names.ts";
import { clockTime } from "../../ui/format/times.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

type Appointment = Dashboard["appointmentsToday"][number];

export function AppointmentsToday({
  appointments,
  now,
}: {
  appointments: readonly Appointment[];
  now: Date;
}) {
  return (
    <Section
      title="Appointments today"
      empty={
        appointments.length === 0 && (
          <>
            None today. <Link to="/leads">Find somebody to meet</Link>
          </>
        )
      }
    >
      <ul>
        {appointments.map((appointment) => (
          <li key={appointment.id}>
            <AppointmentRow appointment={appointment} over={isBefore(new Date(appointment.endAt), now)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AppointmentRow({ appointment, over }: { appointment: Appointment; over: boolean }) {
  const { leadId, leadName, startAt, title, place, status } = appointment;
  const where = title.includes(place) ? "" : place;
  const row = (
    <>
      <time className={styles["time"]} dateTime={startAt}>
        {clockTime(new Date(startAt))}
      </time>
      <bdi className={styles["name"]}>{leadName ?? title}</bdi>
      <span className={styles["detail"]}>
        {(leadName ? [title, where] : [where]).filter(Boolean).join(", ")}
      </span>
      {status !== "planned" && <span className={styles["end"]}>{status}</span>}
    </>
  );
  const className = classNames(styles["row"], over && styles["over"]);
  if (!leadId) return <span className={className}>{row}</span>;
  return (
    <Link to="/leads/$leadId" params={{ leadId }} className={className}>
      {row}
    </Link>
  );
}
