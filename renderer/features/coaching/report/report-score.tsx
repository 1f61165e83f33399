import type { CallReport } from "../../../../shared/entities/insight.ts";
import { Part } from "./part.tsx";
import styles from "./report.module.css";

/** What the score is made of: how much of each criterion was met. */
export function ReportScore({ criteria }: Pick<CallReport, "criteria">) {
  if (criteria.length === 0) return null;
  return (
    <Part title="Scorecard">
      <ul className={styles["criteria"]}>
        {criteria.map(({ key, label, points }) => (
          <li key={key}>
            <bdi>{label}</bdi>
            {points === null ? <i>not scored</i> : <b>{Math.round(points * 100)} %</b>}
          </li>
        ))}
      </ul>
    </Part>
  );
}
