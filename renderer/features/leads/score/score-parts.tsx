import { leadScore } from "../../../../shared/rpc/contract/leads.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import styles from "./score.module.css";

type Part = NonNullable<OutputOf<typeof leadScore>["score"]>["components"][number];

/** What a score is made of. */
export function ScoreParts({ parts, showsWhy }: { parts: readonly Part[]; showsWhy: boolean }) {
  return (
    <dl className={styles["parts"]}>
      {parts.map(({ name, label, points, most, why }) => (
        <div key={name} className={styles["part"]} title={why}>
          <dt>{label}</dt>
          <span className={styles["bar"]} aria-hidden>
            <span style={{ width: `${(100 * points) / most}%` }} />
          </span>
          <dd>
            {points} of {most}
          </dd>
          {showsWhy && <dd className={styles["why"]}>{why}</dd>}
        </div>
      ))}
    </dl>
  );
}
