import { Button } from "../../../renderer/ui/controls/button.tsx";
import { classNames } from "../../../renderer/ui/class-names.ts";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import type { Range } from "../../../shared/calls/compliance/dial-rules.ts";
import { minuteOf, type Week } from "../../../shared/calls/compliance/week.ts";
import { dayNames } from "../business/clock.ts";
import { parseRanges, sayRanges } from "./hours-words.ts";
import styles from "./hours.module.css";

type WeekProps = {
  days: Week;
  /** Ringside's, drawn behind. */
  ours: Week;
  /** What of `days` lies outside of Ringside's; empty = nothing. */
  beyond: Week;
  isOwn: boolean;
  onChange: (day: number, ranges: Range[]) => void;
  onCopy: (days: Range[][]) => void;
};

const hoursShown = [0, 6, 12, 18, 24];

/** A day a line: what it looks like, and what one types. */
export function WeekFields(props: WeekProps) {
  const { days, isOwn, onCopy } = props;
  const [monday = []] = days;
  const weekdaysDiffer = days.slice(1, 5).some((day) => sayRanges(day) !== sayRanges(monday));
  return (
    <div>
      <div className={styles["axis"]} aria-hidden>
        <span />
        <span className={styles["ticks"]}>
          {hoursShown.map((hour) => (
            <span key={hour} style={{ left: `${(100 * hour) / 24}%` }}>
              {hour}
            </span>
          ))}
        </span>
        <Legend isOwn={isOwn} />
      </div>
      <ul>
        {dayNames.map((name, day) => (
          <DayLine key={name} name={name} day={day} week={props} />
        ))}
      </ul>
      {weekdaysDiffer && (
        <p className={styles["copy"]}>
          <Button
            kind="link"
            onClick={() => onCopy(days.map((ranges, day) => [...(day < 5 ? monday : ranges)]))}
          >
            Make every weekday like Monday
          </Button>
        </p>
      )}
    </div>
  );
}

function Legend({ isOwn }: { isOwn: boolean }) {
  return (
    <span className={styles["legend"]}>
      {isOwn && (
        <>
          <i className={styles["own"]} /> yours
        </>
      )}
      <i className={styles["ours"]} /> Ringside’s
    </span>
  );
}

function DayLine({ name, day, week }: { name: string; day: number; week: WeekProps }) {
  const ranges = week.days[day] ?? [];
  const ours = week.ours[day] ?? [];
  const said = sayRanges(ranges);
  return (
    <li className={styles["day"]}>
      <span>{name}</span>
      <span
        role="img"
        aria-label={`${name}: ${said || "nobody is called"}. Ringside’s: ${sayRanges(ours) || "nobody is called"}.`}
        className={styles["track"]}
      >
        <Bars ranges={ours} look="ours" />
        {week.isOwn && <Bars ranges={ranges} look="own" />}
        <Bars ranges={week.beyond[day] ?? []} look="beyond" />
      </span>
      <ParsedField<Range[]>
        label={`Hours on ${name}`}
        hideLabel
        compact
        placeholder="Nobody is called"
        value={ranges.length === 0 ? null : [...ranges]}
        show={sayRanges}
        parse={parseRanges}
        notUnderstood="Try 9-13, 14-20"
        onChange={(next) => {
          if (sayRanges(next ?? []) !== said) week.onChange(day, next ?? []);
        }}
      />
    </li>
  );
}

const dayMinutes = 24 * 60;

function Bars({ ranges, look }: { ranges: readonly Range[]; look: "ours" | "own" | "beyond" }) {
  return ranges.map(({ from, to }) => {
    const left = (100 * minuteOf(from)) / dayMinutes;
    const width = (100 * minuteOf(to)) / dayMinutes - left;
    return (
      <span
        key={from}
        className={classNames(styles["bar"], styles[look])}
        style={{ left: `${left}%`, width: `${width}%` }}
      />
    );
  });
}
