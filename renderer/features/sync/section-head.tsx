import type { ReactNode } from "react";
import { Icon, type IconType } from "../../ui/display/icon.tsx";
import { formatCount } from "../../ui/format/numbers.ts";
import styles from "./sync.module.css";

export function SectionHead({
  icon,
  title,
  count,
  trouble = false,
  end,
}: {
  icon: IconType;
  title: string;
  count: number;
  trouble?: boolean;
  end?: ReactNode;
}) {
  return (
    <div className={styles["section-head"]}>
      <Icon of={icon} size={14} className={trouble ? styles["trouble"] : styles["plain"]} />
      <h3 className={styles["section-title"]}>{title}</h3>
      <span className={styles["section-count"]}>{formatCount(count)}</span>
      {end && <span className={styles["section-end"]}>{end}</span>}
    </div>
  );
}

/** The head of a card: whose record, which field, when. */
export function CardHead({ title, field, at }: { title: string; field: string; at: string }) {
  return (
    <div className={styles["card-head"]}>
      <span className={styles["name"]}>
        <bdi>{title}</bdi>
      </span>
      <span className={styles["field"]}>{field}</span>
      <span className={styles["time"]}>{at}</span>
    </div>
  );
}
