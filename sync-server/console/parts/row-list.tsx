import type { ReactNode } from "react";
import { Link } from "./link.tsx";
import styles from "./row-list.module.css";

/** The list column's content: rows, and headings between them. */
export function RowList({ children }: { children: ReactNode }) {
  return <div className={styles["list"]}>{children}</div>;
}

export function RowHeading({ children }: { children: ReactNode }) {
  return <h2 className={styles["heading"]}>{children}</h2>;
}

/** What opens beside its list. */
export function ListRow({
  to,
  isOpen,
  faded = false,
  mark,
  note,
  children,
}: {
  to: readonly string[];
  isOpen: boolean;
  /** Out of use. */
  faded?: boolean;
  /** Before the name. */
  mark?: ReactNode;
  /** At the end, paler. */
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Link
      to={to}
      className={styles["row"]}
      aria-current={isOpen || undefined}
      data-faded={faded || undefined}
    >
      {mark}
      <span className="cut">{children}</span>
      {note && <span className={styles["note"]}>{note}</span>}
    </Link>
  );
}
