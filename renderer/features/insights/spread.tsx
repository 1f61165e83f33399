import { CallsBehind } from "./calls-behind.tsx";
import { Distribution } from "./distribution.tsx";
import { ItemsByWeek } from "./items-by-week.tsx";
import type { InsightsModel } from "./model/use-insights.ts";
import { TopCallers } from "./top-callers.tsx";
import styles from "./spread.module.css";

/** How one figure spreads over the calls, what those with the best outcome do otherwise, and the checklist by week. */
export function Spread({ model }: { model: InsightsModel }) {
  return (
    <div className={styles["spread"]}>
      <Distribution model={model} />
      <TopCallers model={model} />
      {model.behind && (
        <div className={styles["wide"]}>
          <CallsBehind model={model} behind={model.behind} />
        </div>
      )}
      <div className={styles["wide"]}>
        <ItemsByWeek model={model} />
      </div>
    </div>
  );
}
