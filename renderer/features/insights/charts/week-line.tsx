import { useRef } from "react";
import { useWidth } from "../../../ui/table/use-width.ts";
import { bandOf, linePath, scaleOf, type Goal } from "./scale.ts";
import styles from "./charts.module.css";

const height = 64;
const margin = 5;

/** Twelve weeks as a line over the goal, as wide as the page allows. @param label read out in its place */
export function WeekLine({
  values,
  goal,
  label,
}: {
  values: readonly (number | null)[];
  goal: Goal;
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scale = scaleOf(values, goal, height - margin, margin);
  const band = bandOf(goal, scale);
  const step = (width - 2 * margin) / Math.max(1, values.length - 1);
  const points = values.map((value, index) =>
    value === null ? null : { x: margin + index * step, y: scale.at(value) },
  );
  const last = points.findLast((point) => point !== null);
  return (
    <div ref={box} className={styles["chart"]} style={{ height }}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {band && (
          <rect x={0} y={band.start} width={width} height={band.size} rx={3} className={styles["band"]} />
        )}
        <path d={linePath(points)} className={styles["line"]} />
        {last && <circle cx={last.x} cy={last.y} r={3.5} className={styles["now"]} />}
      </svg>
    </div>
  );
}
