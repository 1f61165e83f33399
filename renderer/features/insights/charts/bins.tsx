import { useRef } from "react";
import { useWidth } from "../../../ui/table/use-width.ts";
import { bandOf, type Goal } from "./scale.ts";
import styles from "./charts.module.css";

const height = 220;
const axis = 20;

/** How many calls lie where: bars on one base, the goal behind, the median as a line. */
export function Bins({
  bins,
  median,
  goal,
  text,
  label,
}: {
  bins: readonly { from: number; to: number; calls: number }[];
  median: number | null;
  goal: Goal;
  text: (value: number) => string;
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [low, high] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const at = (value: number) => Math.min(width, Math.max(0, ((value - low) / (high - low || 1)) * width));
  const most = Math.max(1, ...bins.map(({ calls }) => calls));
  const band = bandOf(goal, { low, high, at });
  return (
    <div ref={box} className={styles["chart"]} style={{ height: height + axis }}>
      <svg width={width} height={height + axis} role="img" aria-label={label}>
        {band && <rect x={band.start} y={0} width={band.size} height={height} className={styles["band"]} />}
        {bins.map(({ from, to, calls }) => {
          const tall = (calls / most) * (height - 8);
          return (
            <rect
              key={from}
              x={at(from) + 1}
              y={height - tall}
              width={Math.max(1, at(to) - at(from) - 2)}
              height={tall}
              rx={2}
              className={styles["bar"]}
            />
          );
        })}
        {median !== null && (
          <line x1={at(median)} x2={at(median)} y1={0} y2={height} className={styles["median"]} />
        )}
        <line x1={0} x2={width} y1={height} y2={height} className={styles["base"]} />
        <text x={0} y={height + 15} className={styles["axis"]}>
          {text(low)}
        </text>
        <text x={width} y={height + 15} textAnchor="end" className={styles["axis"]}>
          {text(high)}
        </text>
      </svg>
    </div>
  );
}
