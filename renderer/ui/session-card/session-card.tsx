import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Avatar } from "../display/avatar.tsx";
import styles from "./session-card.module.css";

/** The middle of an empty page: what one sees before being signed in, in the desk and in the console. */
export function SessionCard({
  title,
  alert = false,
  children,
}: {
  title: string;
  /** It says what went wrong, and is read out at once. */
  alert?: boolean;
  children: ReactNode;
}) {
  return (
    <SessionPage>
      <section className={styles["card"]} {...(alert ? { role: "alert" } : {})}>
        <h1 className={styles["title"]}>{title}</h1>
        {children}
      </section>
    </SessionPage>
  );
}

export function SessionPage({ children }: { children: ReactNode }) {
  return <main className={styles["page"]}>{children}</main>;
}

/** Words of somebody else's making: why one was signed out, what the machine said. */
export function SessionNote({ children }: { children: ReactNode }) {
  return (
    <p className={styles["note"]} role="status">
      {children}
    </p>
  );
}

/** The people of the demo tenant, one click each. `after` stands below them. */
export function DemoPeopleCards<Id extends string>({
  people,
  trouble,
  onChoose,
  after,
}: {
  people: readonly { userId: Id; name: string; note: string }[];
  trouble: string | null;
  onChoose: (userId: Id) => void;
  after?: string;
}) {
  return (
    <section aria-label="People of the demo" className={styles["people"]}>
      {people.map(({ userId, name, note }) => (
        <button key={userId} type="button" className={styles["person"]} onClick={() => onChoose(userId)}>
          <Avatar name={name} size="large" />
          <span className={styles["person-text"]}>
            <bdi className={classNames(styles["person-name"], "cut")}>{name}</bdi>
            <span className={classNames(styles["person-note"], "cut")}>{note}</span>
          </span>
        </button>
      ))}
      {trouble && (
        <p className={styles["trouble"]} role="alert">
          {trouble}
        </p>
      )}
      {after && <p className={styles["after"]}>{after}</p>}
    </section>
  );
}
