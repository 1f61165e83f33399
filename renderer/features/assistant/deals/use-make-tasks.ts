import type { Step } from "../../../../shared/assistant/deals/insight.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { planSteps } from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand, useEdits } from "../../../client/index.ts";

/** Makes tasks of a deal's steps, says so, and offers to take them all back. */
export function useMakeTasks(dealId: RecordId): (steps: Step[]) => void {
  const plan = useCommand(planSteps);
  const { report } = useEdits();
  const make = async (steps: Step[]) => {
    const made = await plan({ dealId, steps });
    if (made.ok && made.value.count === 0) report(made, "These are tasks already");
    else report(made, steps.length === 1 ? `Task “${steps[0]?.text}”` : `${steps.length} tasks for the deal`);
  };
  return (steps) => void make(steps);
}
