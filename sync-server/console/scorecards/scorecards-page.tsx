import { countOf } from "../../../renderer/ui/format/numbers.ts";
import type { Scorecard } from "../../../shared/entities/setting.ts";
import { Scorecards } from "../../admin/playbooks/wire.ts";
import type { PageProps } from "../frame/pages.ts";
import { NewSettingForm } from "../settings/setting-editor.tsx";
import { SettingPage } from "../settings/setting-page.tsx";
import { ScorecardEditor } from "./scorecard-editor.tsx";

export const scorecardKind = { path: "/scorecards", noun: "scorecard", answer: Scorecards };

const begun: Pick<Scorecard, "teamId" | "criteria"> = {
  teamId: null,
  criteria: [
    { key: "checklist", label: "Did what the playbook asks", weight: 50, by: { kind: "checklist" } },
  ],
};

/** What calls are scored by: a team's own scorecard before everybody's. */
export function ScorecardsPage({ rest: [open] }: PageProps) {
  return (
    <SettingPage
      of={scorecardKind}
      title="Scorecards"
      itemsOf={({ scorecards }) => scorecards}
      open={open}
      note={({ criteria }) => countOf(criteria.length, "criterion", "criteria")}
      empty="None: calls have figures, and no score."
      editor={(scorecard, all) => (
        <ScorecardEditor key={scorecard.id} scorecard={scorecard} all={all} of={scorecardKind} />
      )}
      form={(all) => <NewSettingForm of={scorecardKind} existing={all} body={begun} />}
    />
  );
}
