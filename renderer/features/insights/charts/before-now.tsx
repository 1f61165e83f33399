import { bandOf, type Goal, type Scale } from "./scale.ts";
import styles from "./charts.module.css";

const height = 32;
const middle = height / 2;

/**
 * One agent's figure on the scale of all: hollow before, solid now. Band and median run through, so that rows read as
 * one drawing.
 * @param scale in per cent of the width: of a hundred such drawings none has to be measured
 */
export function BeforeNow({
  before,
  now,
  median,
  goal,
  scale,
}: {
  before: number | null;
  now: number | null;
  median: number | null;
  goal: Goal;
  scale: Scale;
}) {
  const band = bandOf(goal, scale);
  const at = (value: number) => `${scale.at(value)}%`;
  return (
    <div className={styles["chart"]} aria-hidden>
      <svg width="100%" height={height}>
        {band && (
          <rect
            x={`${band.start}%`}
            y={0}
            width={`${band.size}%`}
            height={height}
            className={styles["band"]}
          />
        )}
        {median !== null && (
          <line x1={at(median)} x2={at(median)} y1={0} y2={height} className={styles["median"]} />
        )}
        {before !== null && now !== null && (
          <line x1={at(before)} x2={at(now)} y1={middle} y2={middle} className={styles["step"]} />
        )}
        {before !== null && <circle cx={at(before)} cy={middle} r={2.5} className={styles["before"]} />}
        {now !== null && <circle cx={at(now)} cy={middle} r={3.5} className={styles["now"]} />}
      </svg>
    </div>
  );
}
