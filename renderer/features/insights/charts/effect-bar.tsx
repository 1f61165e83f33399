import styles from "./charts.module.css";

const height = 14;
const middle = 50;

/**
 * How far two groups lie apart, from the middle to the right where the first has more and to the left where it has less.
 * @param most the largest of all effects beside it, without its sign
 */
export function EffectBar({ effect, most }: { effect: number; most: number }) {
  const long = (Math.abs(effect) / (most || 1)) * middle;
  return (
    <div className={styles["chart"]} aria-hidden>
      <svg width="100%" height={height}>
        <rect
          x={`${effect < 0 ? middle - long : middle}%`}
          y={2}
          width={`${long}%`}
          height={height - 4}
          rx={2}
          className={styles["bar"]}
        />
        <line x1={`${middle}%`} x2={`${middle}%`} y1={0} y2={height} className={styles["base"]} />
      </svg>
    </div>
  );
}
