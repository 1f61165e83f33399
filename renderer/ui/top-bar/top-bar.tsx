import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "../display/icon.tsx";
import styles from "./top-bar.module.css";

/** Where one is, and what can be done there: the bar that every screen of desk and console begins with. */
export function TopBarFrame<Crumb extends { label: string }>({
  crumbs,
  renderLink,
  badge,
  note,
  children,
}: {
  /** The last one is where one is. */
  crumbs: readonly Crumb[];
  /** Null: a place that cannot be gone to. */
  renderLink: (crumb: Crumb) => ReactNode;
  badge?: ReactNode;
  /** Beside the crumbs: a count, a state. */
  note?: ReactNode;
  /** At the right end. */
  children?: ReactNode;
}) {
  const last = crumbs.length - 1;
  return (
    <header className={styles["bar"]}>
      <nav className={styles["crumbs"]} aria-label="Where you are">
        {crumbs.map((crumb, index) => (
          <Fragment key={`${index} ${crumb.label}`}>
            {index > 0 && <Icon of={ChevronRight} size={14} />}
            {(index < last && renderLink(crumb)) || (
              <h1 className={classNames(styles["here"], "cut")}>{crumb.label}</h1>
            )}
          </Fragment>
        ))}
      </nav>
      {badge}
      {note && <div className={styles["note"]}>{note}</div>}
      <span className={styles["space"]} />
      {children}
    </header>
  );
}
