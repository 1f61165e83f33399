import { useRef } from "react";
import { useWidth } from "../../../ui/table/use-width.ts";
import type { Scale } from "./scale.ts";
import styles from "./charts.module.css";

const height = 32;

/** The outcome of calls in which an item was skipped (hollow) and done (solid), on one scale for all items. */
export function GainLine({
  skipped,
  done,
  scale,
}: {
  skipped: number | null;
  done: number | null;
  scale: (width: number) => Scale;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const on = scale(width);
  return (
    <div ref={box} className={styles["chart"]} aria-hidden>
      <svg width={width} height={height}>
        <line x1={0} x2={width} y1={height / 2} y2={height / 2} className={styles["track"]} />
        {skipped !== null && done !== null && (
          <line
            x1={on.at(skipped)}
            x2={on.at(done)}
            y1={height / 2}
            y2={height / 2}
            className={styles["step"]}
          />
        )}
        {skipped !== null && (
          <circle cx={on.at(skipped)} cy={height / 2} r={3.5} className={styles["before"]} />
        )}
        {done !== null && <circle cx={on.at(done)} cy={height / 2} r={3.5} className={styles["now"]} />}
      </svg>
    </div>
  );
}
