import { useEffect } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { judgeRecommendation, recommendations } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { useCommand, useLive } from "../../../client/index.ts";

type Answer = OutputOf<typeof recommendations>;
export type Recommendation = Answer["recommendations"][number];

/**
 * What should be done with a person next. What is shown of it has been seen.
 * @param pick what is shown, of all that is open, the most urgent first
 */
export function useRecommendations(
  leadId: RecordId,
  pick: (open: Recommendation[]) => Recommendation[],
): { shown: Recommendation[]; answer: Answer | undefined } {
  const answer = useLive(recommendations, { leadId }).value;
  const judge = useCommand(judgeRecommendation);
  const shown = pick(answer?.recommendations ?? []);
  const unseen = shown.filter(({ status }) => status === "new").map(({ key }) => key).join(" "); // prettier-ignore
  useEffect(() => {
    for (const key of unseen.split(" ").filter(Boolean)) void judge({ leadId, key, status: "viewed" });
  }, [unseen, judge, leadId]);
  return { shown, answer };
}
