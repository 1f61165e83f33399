import { lowProbability } from "../../../../shared/assistant/deals/insight.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { dealInsight } from "../../../../shared/rpc/contract/assistant.ts";
import { useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { dueWords } from "./due-words.ts";
import styles from "./outlook.module.css";
import { useMakeTasks } from "./use-make-tasks.ts";

/** Where a deal stands, in two lines: how likely it is won, and what to do now. The whole of it is with the deal. */
export function DealOutlook({ dealId }: { dealId: RecordId }) {
  const insight = useLive(dealInsight, { dealId }).value?.insight;
  const make = useMakeTasks(dealId);
  // Its place is kept while it loads.
  if (!insight) return <div className={styles["outlook"]} />;
  const { probability, reasoning, steps } = insight;
  const [next] = steps;
  // Won or lost.
  if (!next) return <div className={styles["outlook"]}>{reasoning}</div>;
  const slips = probability < lowProbability && steps.length > 1;
  return (
    <div className={styles["outlook"]}>
      <p title={reasoning}>
        {probability} % likely to be won{slips && ", it may slip away"}
      </p>
      <p className={styles["next"]}>
        <span dir="auto">
          {next.text} <span className={styles["due"]}>{dueWords(next.dueInDays)}</span>
        </span>
        <Button
          size="small"
          aria-label={slips ? `Make ${steps.length} tasks` : `Make a task: ${next.text}`}
          title={
            slips
              ? steps.map(({ text, dueInDays }) => `${text}, ${dueWords(dueInDays)}`).join("\n")
              : undefined
          }
          onClick={() => make(slips ? steps : [next])}
        >
          {slips ? `${steps.length} tasks` : "Task"}
        </Button>
      </p>
    </div>
  );
}
