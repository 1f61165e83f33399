import { callStatistics } from "../../../../shared/rpc/contract/phone.ts";
import { useLive } from "../../../client/index.ts";
import { formatCount, formatPercent } from "../../../ui/format/numbers.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import styles from "./history.module.css";

const days = 7;

/** The last week in figures, and its days as bars. */
export function CallFigures({ agent }: { agent: string | null }) {
  const figures = useLive(callStatistics, { days, agent }).value;
  if (!figures) return <div className={styles["figures"]} />;
  const { total, answered, missed, talkMs, averageTalkMs, averageAnswerMs, perDay } = figures;
  const most = Math.max(1, ...perDay.map(({ inbound, outbound }) => inbound + outbound));
  return (
    <div className={styles["figures"]}>
      <dl>
        <Figure label="calls in 7 days" value={formatCount(total)} />
        <Figure label="answered" value={formatPercent((100 * answered) / Math.max(1, total))} />
        <Figure label="missed" value={formatCount(missed)} />
        <Figure label="talked" value={formatDuration(talkMs / 1000)} />
        <Figure label="a call" value={answered > 0 ? formatDuration(averageTalkMs / 1000) : "–"} />
        <Figure
          label="to answer"
          value={averageAnswerMs === null ? "–" : `${Math.round(averageAnswerMs / 1000)} s`}
        />
      </dl>
      <div
        className={styles["days"]}
        role="img"
        aria-label={`Calls by day: ${perDay.map(({ day, inbound, outbound }) => `${day} ${inbound + outbound}`).join(", ")}`}
      >
        {perDay.map(({ day, inbound, outbound }) => (
          <span key={day} title={`${day}: ${outbound} out, ${inbound} in`}>
            <span className={styles["in"]} style={{ height: `${(100 * inbound) / most}%` }} />
            <span className={styles["out"]} style={{ height: `${(100 * outbound) / most}%` }} />
          </span>
        ))}
      </div>
    </div>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className={styles["figure"]}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
