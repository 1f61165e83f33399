import { bandOf, linePath, scaleOf, type Goal } from "./scale.ts";
import styles from "./charts.module.css";

const height = 64;
const margin = 5;

/** In per cent of the drawing's width, with room for the dot at its end. */
const [left, right] = [2, 98];

/**
 * Twelve weeks as a line over the goal, as wide as the page allows. Nothing has to be measured for it: the line is drawn
 * on a hundred units that stretch.
 * @param label read out in its place
 */
export function WeekLine({
  values,
  goal,
  label,
}: {
  values: readonly (number | null)[];
  goal: Goal;
  label: string;
}) {
  const scale = scaleOf(values, goal, height - margin, margin);
  const band = bandOf(goal, scale);
  const step = (right - left) / Math.max(1, values.length - 1);
  const points = values.map((value, index) =>
    value === null ? null : { x: left + index * step, y: scale.at(value) },
  );
  const last = points.findLast((point) => point !== null);
  return (
    <div className={styles["chart"]} style={{ height }}>
      <svg width="100%" height={height} role="img" aria-label={label}>
        {band && (
          <rect x={0} y={band.start} width="100%" height={band.size} rx={3} className={styles["band"]} />
        )}
        <svg width="100%" height={height} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none">
          <path d={linePath(points)} className={styles["line"]} />
        </svg>
        {last && <circle cx={`${last.x}%`} cy={last.y} r={3.5} className={styles["now"]} />}
      </svg>
    </div>
  );
}
