import { Check, Plus } from "lucide-react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { CallReport } from "../../../../shared/entities/insight.ts";
import { acceptAction } from "../../../../shared/rpc/contract/coaching.ts";
import { useCommand, useEdits } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Icon } from "../../../ui/display/icon.tsx";
import { Moment, type Play } from "./moment.tsx";
import { Part } from "./part.tsx";
import styles from "./report.module.css";

type Action = CallReport["actions"][number];

/** What is to be done: a click makes it a task, which can be taken back. */
export function ReportActions({
  callId,
  actions,
  accepted,
  play,
}: {
  callId: RecordId;
  actions: readonly Action[];
  accepted: readonly string[];
  play: Play | null;
}) {
  const accept = useCommand(acceptAction);
  const { report } = useEdits();
  if (actions.length === 0) return null;
  const make = async ({ key, text }: Action) =>
    report(await accept({ callId, action: key }), `Task “${text}”`);
  return (
    <Part title="To do">
      {actions.map((action) => (
        <div key={action.key} className={styles["action"]}>
          <Moment atMs={action.atMs} play={play}>
            {action.text}
            <span className={styles["due"]}>{dueWords(action.dueInDays)}</span>
          </Moment>
          {accepted.includes(action.key) ? (
            <span className={styles["made"]}>
              <Icon of={Check} size={14} /> Task
            </span>
          ) : (
            <Button
              size="small"
              icon={Plus}
              aria-label={`Make a task: ${action.text}`}
              onClick={() => void make(action)}
            >
              Task
            </Button>
          )}
        </div>
      ))}
    </Part>
  );
}

function dueWords(days: number | null): string {
  if (days === null) return "";
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : `in ${days} days`;
}
