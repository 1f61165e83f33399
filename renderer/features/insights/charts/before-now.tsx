import { useRef } from "react";
import { useWidth } from "../../../ui/table/use-width.ts";
import { bandOf, type Goal, type Scale } from "./scale.ts";
import styles from "./charts.module.css";

const height = 32;

/**
 * One agent's figure on the scale of all: hollow before, solid now. Band and median run through, so that rows read as
 * one drawing.
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
  scale: (width: number) => Scale;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const on = scale(width);
  const band = bandOf(goal, on);
  return (
    <div ref={box} className={styles["chart"]} aria-hidden>
      <svg width={width} height={height}>
        {band && <rect x={band.start} y={0} width={band.size} height={height} className={styles["band"]} />}
        {median !== null && (
          <line x1={on.at(median)} x2={on.at(median)} y1={0} y2={height} className={styles["median"]} />
        )}
        {before !== null && now !== null && (
          <line
            x1={on.at(before)}
            x2={on.at(now)}
            y1={height / 2}
            y2={height / 2}
            className={styles["step"]}
          />
        )}
        {before !== null && (
          <circle cx={on.at(before)} cy={height / 2} r={2.5} className={styles["before"]} />
        )}
        {now !== null && <circle cx={on.at(now)} cy={height / 2} r={3.5} className={styles["now"]} />}
      </svg>
    </div>
  );
}
