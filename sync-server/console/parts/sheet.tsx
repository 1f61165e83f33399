import type { ReactNode } from "react";
import styles from "./sheet.module.css";

/** What one edits in the main column, a section below the other. */
export function Sheet({
  title,
  about,
  children,
}: {
  /** Where the column is about one thing of many. */
  title?: string;
  about?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={styles["sheet"]}>
      {title && <SheetTitle title={title} about={about} />}
      {children}
    </div>
  );
}

/** What is edited, and a sentence about it. */
export function SheetTitle({ title, about }: { title: string; about?: ReactNode }) {
  return (
    <div className={styles["title"]}>
      <h2>{title}</h2>
      {about && <p>{about}</p>}
    </div>
  );
}

/** Two fields side by side. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles["pair"]}>{children}</div>;
}
