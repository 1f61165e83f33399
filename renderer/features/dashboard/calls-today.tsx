import { useRef } from "react";
import { formatCount, formatPercent } from "../../ui/format/numbers.ts";
import { formatDuration } from "../../ui/format/times.ts";
import { useWidth } from "../../ui/table/use-width.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { layOutHours } from "./hour-bars.ts";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

const chartHeight = 96;
const axisHeight = 20;
/** For the counts at the left of the lines. */
const axisWidth = 28;

export function CallsToday({ calls }: { calls: Dashboard["callsToday"] }) {
  const { total, answered, talkSeconds, byHour } = calls;
  return (
    <Section title="My calls today" wide empty={total === 0 && "None yet. The next ones stand beside."}>
      <dl className={styles["figures"]}>
        <Figure label={total === 1 ? "call" : "calls"} value={formatCount(total)} />
        <Figure
          label="answered"
          value={formatCount(answered)}
          unit={formatPercent((100 * answered) / Math.max(1, total))}
        />
        <Figure label="talked" value={formatDuration(talkSeconds)} />
        <Figure
          label="a call, on average"
          value={answered > 0 ? formatDuration(talkSeconds / answered) : "–"}
        />
      </dl>
      <HourChart byHour={byHour} />
    </Section>
  );
}

function Figure({ label, value, unit }: { label: string; value: string; unit?: string }) {
  return (
    <div className={styles["figure"]}>
      <dt>{label}</dt>
      <dd>
        {value} {unit && <span>{unit}</span>}
      </dd>
    </div>
  );
}

/** Calls by hour, as wide as the page allows. */
function HourChart({ byHour }: { byHour: readonly number[] }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { bars, ticks } = layOutHours(byHour, Math.max(1, width - axisWidth), chartHeight);
  return (
    <div ref={box} className={styles["chart"]}>
      <svg width={width} height={chartHeight + axisHeight + 8} role="img" aria-label={spoken(byHour)}>
        <g transform={`translate(${axisWidth} 8)`}>
          {ticks.map(({ y, calls }) => (
            <g key={calls}>
              <line x1={0} x2={width} y1={y} y2={y} className={styles["tick-line"]} />
              <text x={-8} y={y + 4} textAnchor="end" className={styles["axis"]}>
                {calls}
              </text>
            </g>
          ))}
          <line x1={0} x2={width} y1={chartHeight} y2={chartHeight} className={styles["base-line"]} />
          {bars.map((bar) => (
            <g key={bar.hour}>
              <rect
                x={bar.x}
                y={bar.y}
                width={bar.width}
                height={bar.height}
                rx={2}
                className={styles["bar"]}
              />
              {bar.label && (
                <text
                  x={bar.x + bar.width / 2}
                  y={chartHeight + 16}
                  textAnchor="middle"
                  className={styles["axis"]}
                >
                  {bar.label}
                </text>
              )}
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

function spoken(byHour: readonly number[]): string {
  const busy = byHour.flatMap((calls, hour) => (calls > 0 ? [`${hour} h: ${calls}`] : []));
  return `Calls by hour. ${busy.join(", ")}`;
}
