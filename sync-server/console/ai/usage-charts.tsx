import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { Columns } from "./columns.tsx";
import { shareOf, type Shown, type Sum } from "./usage-sums.ts";
import { sayCost, sayDay } from "./words.ts";
import styles from "./ai.module.css";

/** How much on each day. */
export function DayColumns({ days, measure }: { days: readonly Sum[]; measure: Shown }) {
  const most = Math.max(...days.map((day) => day[measure]));
  return (
    <Columns
      label={`${measure} by day`}
      columns={days.map((day) => ({
        key: day.key,
        words: `${sayDay(day.key)}: ${say(day, measure)}`,
        share: shareOf(day[measure], most),
      }))}
      ends={[
        sayDay(days[0]?.key ?? ""),
        `at most ${most === 0 ? "nothing" : sayAmount(most, measure)} a day`,
        sayDay(days.at(-1)?.key ?? ""),
      ]}
    />
  );
}

const mostBars = 8;

/** The most of it first; the rest in one line. */
export function RankedBars({ sums, measure }: { sums: readonly Sum[]; measure: Shown }) {
  const ranked = sums.toSorted((a, b) => b[measure] - a[measure]);
  const rest = ranked.slice(mostBars);
  const most = ranked[0]?.[measure] ?? 0;
  return (
    <ul className={styles["bars"]}>
      {ranked.slice(0, mostBars).map((sum) => (
        <li key={sum.key}>
          <span className="cut">{sum.key}</span>
          <span className={styles["track"]}>
            <span className={styles["fill"]} style={{ width: `${shareOf(sum[measure], most)}%` }} />
          </span>
          <b>{say(sum, measure)}</b>
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <span>{`${rest.length} others`}</span>
          <span />
          <b>
            {sayAmount(
              rest.reduce((total, sum) => total + sum[measure], 0),
              measure,
            )}
          </b>
        </li>
      )}
    </ul>
  );
}

function say(sum: Sum, measure: Shown): string {
  return sayAmount(sum[measure], measure);
}

function sayAmount(amount: number, measure: Shown): string {
  return measure === "cost" ? sayCost(amount) : formatCount(Math.ceil(amount));
}
