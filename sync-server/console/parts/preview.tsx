import type { ReactNode } from "react";
import styles from "./preview.module.css";

/** How something looks on a desk; nothing in it can be used. */
export function Preview({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h2 className={styles["title"]}>{title}</h2>
      <div className={styles["preview"]} inert>
        {children}
      </div>
    </>
  );
}
