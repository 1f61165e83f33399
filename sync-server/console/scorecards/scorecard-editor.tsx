import { Select } from "../../../renderer/ui/fields/select.tsx";
import type { Scorecard } from "../../../shared/entities/setting.ts";
import { Teams } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section } from "../parts/page.tsx";
import { SettingEditor } from "../settings/setting-editor.tsx";
import type { SettingKind } from "../settings/use-setting.ts";
import { CriterionList } from "./criterion-list.tsx";

export function ScorecardEditor({
  scorecard,
  all,
  of,
}: {
  scorecard: Scorecard;
  all: readonly Scorecard[];
  of: SettingKind;
}) {
  const teams = useAnswer("/teams", Teams).value?.teams ?? [];
  return (
    <SettingEditor
      of={of}
      item={scorecard}
      all={all}
      about="Full points where a figure is within its limits, falling to none at the slack beyond them."
      whenArchived="no call is scored by it"
    >
      {(shown, save) => (
        <>
          <Select
            label="Calls of"
            placeholder="Every team without one of its own"
            clearable
            value={shown.teamId}
            choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(teamId) =>
              save({ teamId: teamId as Scorecard["teamId"] }, "Whose calls it scores is changed.")
            }
          />
          <Section
            title="Criteria"
            note="Weights count against each other; what cannot be told of a call is left out."
          >
            <CriterionList
              criteria={shown.criteria}
              onChange={(criteria, said) => save({ criteria }, said)}
            />
          </Section>
        </>
      )}
    </SettingEditor>
  );
}
