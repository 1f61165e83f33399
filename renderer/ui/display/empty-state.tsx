import type { ReactNode } from "react";
import styles from "./lines.module.css";

/** One sentence and the next step as a link: "None yet. Book a tour". */
export function EmptyState({ children }: { children: ReactNode }) {
  return <p className={styles["empty"]}>{children}</p>;
}
