import styles from "./glance.module.css";

/** How much of what was said each side said, as one bar. It moves in 300 ms and never jumps. */
export function TalkBar({ you, high = false }: { you: number | null; high?: boolean }) {
  return (
    <div
      className={styles["bar"]}
      data-high={high}
      role="img"
      aria-label={you === null ? "Nobody has spoken yet" : `You said ${you} % of what was said`}
    >
      {you !== null && (
        <>
          <span className={styles["bar-you"]} style={{ flexGrow: you }} />
          <span className={styles["bar-them"]} style={{ flexGrow: 100 - you }} />
        </>
      )}
    </div>
  );
}
