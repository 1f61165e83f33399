import type { ReactNode } from "react";
import styles from "./session.module.css";

/** The middle of an empty page: what one sees before being signed in. */
export function SessionCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles["page"]}>
      <section className={styles["card"]}>
        <h1 className={styles["title"]}>{title}</h1>
        {children}
      </section>
    </main>
  );
}
