import { ListChecks, Sparkles } from "lucide-react";
import { lowProbability, type DealInsight } from "../../../../shared/assistant/deals/insight.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { askDealInsight, dealInsight, judgeInsight } from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand, useEdits, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { AnswerSource } from "../parts/answer-source.tsx";
import styles from "./deals.module.css";
import { dueWords } from "./due-words.ts";
import { useMakeTasks } from "./use-make-tasks.ts";

/** Where a deal stands: at once by rules on this device, and by a model where one is asked. */
export function DealInsightCard({ dealId }: { dealId: RecordId }) {
  const answer = useLive(dealInsight, { dealId }).value;
  const ask = useAskAndPlan(dealId);
  const judge = useCommand(judgeInsight);
  if (!answer?.insight) return null;
  const { insight, origin, asking, why, useful, outdated } = answer;
  return (
    <section className={styles["insight"]} aria-label="Where it stands" aria-busy={asking}>
      <header>
        <h3>Where it stands</h3>
        <Button size="small" icon={Sparkles} disabled={asking} onClick={ask}>
          {asking ? "Asking …" : "Ask the assistant"}
        </Button>
      </header>
      <Chance probability={insight.probability} />
      <p dir="auto">{insight.reasoning}</p>
      <Steps dealId={dealId} insight={insight} />
      <Risks risks={insight.risks} />
      {outdated && (
        <p className={styles["outdated"]} role="status">
          Something changed while this was being written, and is not counted in it.
        </p>
      )}
      <AnswerSource
        origin={origin}
        why={why}
        useful={useful}
        onJudge={(is) => void judge({ dealId, useful: is })}
      />
    </section>
  );
}

/** Asks, and says which tasks came of it where the deal is likely to be lost; one click takes them back. */
function useAskAndPlan(dealId: RecordId): () => void {
  const ask = useCommand(askDealInsight);
  const { report } = useEdits();
  const run = async () => {
    const made = await ask({ dealId });
    if (!made.ok || made.value.count > 0) report(made, slipWords(made.ok ? made.value.count : 0));
  };
  return () => void run();
}

function slipWords(count: number): string {
  return `${count === 1 ? "A task" : `${count} tasks`} for the deal, as it may slip away`;
}

function Chance({ probability }: { probability: number }) {
  return (
    <p className={styles["chance"]}>
      <b>{probability}</b> % likely to be won
      <span className={styles["track"]} aria-hidden>
        <span style={{ width: `${probability}%` }} />
      </span>
    </p>
  );
}

/** What to do now, as tasks: each on one click, or all of it where the deal is likely to be lost. */
function Steps({ dealId, insight: { steps, probability } }: { dealId: RecordId; insight: DealInsight }) {
  const make = useMakeTasks(dealId);
  if (steps.length === 0) return null;
  return (
    <div className={styles["steps"]}>
      <h4>Next</h4>
      <ol>
        {steps.map((step) => (
          <li key={step.text}>
            <span dir="auto">
              {step.text} <span className={styles["due"]}>{dueWords(step.dueInDays)}</span>
            </span>
            <Button
              size="small"
              kind="quiet"
              aria-label={`Make a task: ${step.text}`}
              onClick={() => make([step])}
            >
              Task
            </Button>
          </li>
        ))}
      </ol>
      {probability < lowProbability && steps.length > 1 && (
        <p className={styles["low"]}>
          <span>It may slip away.</span>
          <Button size="small" icon={ListChecks} onClick={() => make(steps)}>
            Make {steps.length} tasks
          </Button>
        </p>
      )}
    </div>
  );
}

function Risks({ risks }: { risks: readonly string[] }) {
  if (risks.length === 0) return null;
  return (
    <div className={styles["steps"]}>
      <h4>Risks</h4>
      <ul>
        {risks.map((risk) => (
          <li key={risk} dir="auto">
            {risk}
          </li>
        ))}
      </ul>
    </div>
  );
}
