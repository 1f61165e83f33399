import type { ListingStatus } from "./listing-words.ts";
import styles from "./listings.module.css";

/** Status as shape: dashed draft, full when available, half when reserved, struck when sold. Its name stands beside it. */
export function StatusMark({ status }: { status: ListingStatus }) {
  return (
    <svg width={10} height={10} viewBox="0 0 10 10" aria-hidden className={styles["mark"]}>
      {status === "available" ? (
        <circle cx={5} cy={5} r={4.5} className={styles["mark-full"]} />
      ) : (
        <circle
          cx={5}
          cy={5}
          r={4.2}
          className={styles["mark-line"]}
          strokeDasharray={status === "draft" ? "1.5 1.4" : undefined}
        />
      )}
      {status === "reserved" && <path d="M5 .8a4.2 4.2 0 0 0 0 8.4Z" className={styles["mark-full"]} />}
      {status === "sold" && <path d="M2.2 7.8 7.8 2.2" className={styles["mark-line"]} />}
    </svg>
  );
}
