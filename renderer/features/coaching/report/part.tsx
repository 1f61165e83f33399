import type { ReactNode } from "react";
import styles from "./report.module.css";

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles["part"]}>
      <h4>{title}</h4>
      {children}
    </div>
  );
}
