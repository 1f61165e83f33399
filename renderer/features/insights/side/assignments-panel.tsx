import { Check } from "lucide-react";
import { parseISO } from "date-fns";
import type { z } from "zod";
import { closeAssignment, insightAssignments } from "../../../../shared/rpc/contract/insights.ts";
import { useCommand, useDirectory, useEdits, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { dayInWords } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import type { InsightsModel } from "../model/use-insights.ts";
import { goalWords } from "./goal-words.ts";
import styles from "./side.module.css";

type Line = z.output<typeof insightAssignments.output>["assignments"][number];

/** What is being practised, and how far it has come. */
export function AssignmentsPanel({ model }: { model: InsightsModel }) {
  const { scope, coaches, go } = model;
  const found = useLive(insightAssignments, { teamId: scope.teamId, agentId: scope.agentId }).value;
  return (
    <>
      <header className={styles["title"]}>
        <h2>{coaches ? "Being practised" : "What you practise"}</h2>
      </header>
      <div className={styles["scroll"]}>
        {found?.assignments.length === 0 && <EmptyState>{noneText(model)}</EmptyState>}
        <ul className={styles["assignments"]}>
          {found?.assignments.map((line) => (
            <AssignmentRow
              key={line.assignment.id}
              line={line}
              onOpen={
                line.assignment.callId && line.assignment.atMs !== null
                  ? () => go({ call: line.assignment.callId ?? undefined, at: line.assignment.atMs ?? 0 })
                  : undefined
              }
            />
          ))}
        </ul>
      </div>
    </>
  );
}

function noneText({ coaches, overview }: InsightsModel): string {
  if (!coaches) return "Nothing yet. What your manager asks of you stands here, and among your tasks.";
  if (overview?.callsOnDevice === 0) return "Nothing yet. What you ask others to practise stands here.";
  return "Nothing yet. Choose a moment at the left, and say what to practise.";
}

function AssignmentRow({
  line: { assignment, reached, calls },
  onOpen,
}: {
  line: Line;
  onOpen: (() => void) | undefined;
}) {
  const { id, agentId, practise, goal, dueOn } = assignment;
  const { personName } = useDirectory();
  const now = useNow();
  const close = useCommand(closeAssignment);
  const { report } = useEdits();
  const finish = async () => report(await close({ id, status: "done" }), `Finished “${practise}”`);
  return (
    <li>
      <button type="button" className={styles["assignment"]} disabled={!onOpen} onClick={onOpen}>
        <strong className="cut">{practise}</strong>
        <span className="cut">
          <bdi>{personName(agentId)}</bdi>
          {dueOn && `, due ${dayInWords(parseISO(dueOn), now)}`}
        </span>
      </button>
      {goal && (
        <div className={styles["progress"]}>
          <span aria-hidden>
            <span style={{ width: `${Math.min(100, (100 * reached) / goal.calls)}%` }} />
          </span>
          <small>
            {Math.min(reached, goal.calls)} of {goalWords(goal)}; {calls} since
          </small>
        </div>
      )}
      <Button kind="quiet" size="small" icon={Check} onClick={() => void finish()}>
        Done
      </Button>
    </li>
  );
}
