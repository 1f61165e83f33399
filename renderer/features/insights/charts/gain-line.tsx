import { scaleOf, type Scale } from "./scale.ts";
import styles from "./charts.module.css";

const height = 32;
const middle = height / 2;

/** In per cent of a drawing's width, with room for the dots at its ends. */
const [left, right] = [5, 95];

/** One for all lines that stand under each other. */
export function gainScale(outcomes: readonly (number | null)[]): Scale {
  return scaleOf(outcomes, null, left, right);
}

/**
 * The outcome of calls in which an item was skipped, or a card did not come up (hollow), and of those in which it was done
 * or did (solid).
 * @param scale in per cent of the width
 */
export function GainLine({
  without,
  having,
  scale,
}: {
  without: number | null;
  having: number | null;
  scale: Scale;
}) {
  const at = (value: number) => `${scale.at(value)}%`;
  return (
    <div className={styles["chart"]} aria-hidden>
      <svg width="100%" height={height}>
        <line x1="0%" x2="100%" y1={middle} y2={middle} className={styles["track"]} />
        {without !== null && having !== null && (
          <line x1={at(without)} x2={at(having)} y1={middle} y2={middle} className={styles["step"]} />
        )}
        {without !== null && <circle cx={at(without)} cy={middle} r={3.5} className={styles["before"]} />}
        {having !== null && <circle cx={at(having)} cy={middle} r={3.5} className={styles["now"]} />}
      </svg>
    </div>
  );
}
