import { Button } from "../../ui/controls/button.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { periodDays } from "./model/insights-search.ts";
import type { InsightsModel } from "./model/use-insights.ts";

const longest = Math.max(...periodDays);

/** In place of dashboards that would each say the same: there are calls, and none of them was chosen. */
export function NoneMatch({ model: { search, scope, go } }: { model: InsightsModel }) {
  const chosen = [search.team, search.agent, search.playbook].some((one) => one !== undefined);
  const shown = { call: undefined, at: undefined, behind: undefined };
  return (
    <EmptyState>
      {chosen ? "No call of this time matches what is chosen above." : "No call of this time has a report."}{" "}
      {chosen && (
        <Button
          kind="link"
          onClick={() => go({ ...shown, team: undefined, agent: undefined, playbook: undefined })}
        >
          Show everybody’s calls
        </Button>
      )}
      {!chosen && scope.days < longest && (
        <Button kind="link" onClick={() => go({ ...shown, days: longest })}>
          Show the last 52 weeks
        </Button>
      )}
    </EmptyState>
  );
}
