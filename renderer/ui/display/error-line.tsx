import type { ReactNode } from "react";
import styles from "./lines.module.css";

/**
 * @param what what happened
 * @param kept what was kept, or nothing where nothing was at stake
 * @param children what to do: small buttons
 */
export function ErrorLine({
  what,
  kept,
  children,
}: {
  what: string;
  kept?: string | undefined;
  children?: ReactNode;
}) {
  return (
    <div className={styles["error"]} role="alert">
      <span className={styles["error-text"]}>
        {what} {kept && <span>{kept}</span>}
      </span>
      {children && <span className={styles["error-actions"]}>{children}</span>}
    </div>
  );
}
