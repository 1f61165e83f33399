import type { Scale } from "./scale.ts";
import styles from "./charts.module.css";

const height = 32;
const middle = height / 2;

/**
 * The outcome of calls in which an item was skipped (hollow) and done (solid), on one scale for all items.
 * @param scale in per cent of the width
 */
export function GainLine({
  skipped,
  done,
  scale,
}: {
  skipped: number | null;
  done: number | null;
  scale: Scale;
}) {
  const at = (value: number) => `${scale.at(value)}%`;
  return (
    <div className={styles["chart"]} aria-hidden>
      <svg width="100%" height={height}>
        <line x1="0%" x2="100%" y1={middle} y2={middle} className={styles["track"]} />
        {skipped !== null && done !== null && (
          <line x1={at(skipped)} x2={at(done)} y1={middle} y2={middle} className={styles["step"]} />
        )}
        {skipped !== null && <circle cx={at(skipped)} cy={middle} r={3.5} className={styles["before"]} />}
        {done !== null && <circle cx={at(done)} cy={middle} r={3.5} className={styles["now"]} />}
      </svg>
    </div>
  );
}
