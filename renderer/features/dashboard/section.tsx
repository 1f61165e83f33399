import type { ReactNode } from "react";
import { classNames } from "../../ui/class-names.ts";
import styles from "./dashboard.module.css";

/** One part of the day. `empty`: one sentence with the next step, in place of the rows. */
export function Section({
  title,
  note,
  wide = false,
  empty,
  children,
}: {
  title: string;
  note?: ReactNode;
  wide?: boolean;
  empty?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className={classNames(styles["section"], wide && styles["wide"])} aria-label={title}>
      <div className={styles["head"]}>
        <h2 className={styles["title"]}>{title}</h2>
        {note && <span className={styles["note"]}>{note}</span>}
      </div>
      {empty ? <p className={styles["empty"]}>{empty}</p> : children}
    </section>
  );
}
