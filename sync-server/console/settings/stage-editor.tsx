import { useState } from "react";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import type { Stage } from "../../../shared/entities/setting.ts";
import { Stages } from "../../admin/wire.ts";
import { Section } from "../parts/page.tsx";
import { outcomeMeaning, outcomeWords } from "./outcome-words.ts";
import { NewSettingForm, SettingEditor } from "./setting-editor.tsx";

type Outcome = Stage["outcome"];
type All = { pipeline: Stage["pipeline"]; all: readonly Stage[] };
export const stageKind = { path: "/stages", noun: "stage", answer: Stages };

export function StageEditor({ stage, pipeline, all }: All & { stage: Stage }) {
  return (
    <SettingEditor
      of={stageKind}
      item={stage}
      all={all}
      whenArchived="no record can be put here"
      closeTo={["stages", pipeline]}
    >
      {({ label, outcome }, save) => (
        <OutcomePicker
          value={outcome}
          onChange={(next) =>
            save({ outcome: next }, `“${label}” counts as ${outcomeWords[next].toLowerCase()} now.`)
          }
        />
      )}
    </SettingEditor>
  );
}

export function NewStageForm({ pipeline, all }: All) {
  const [outcome, setOutcome] = useState<Outcome>("open");
  return (
    <NewSettingForm of={stageKind} existing={all} body={{ pipeline, outcome }} closeTo={["stages", pipeline]}>
      <OutcomePicker value={outcome} onChange={setOutcome} />
    </NewSettingForm>
  );
}

function OutcomePicker({ value, onChange }: { value: Outcome; onChange: (value: Outcome) => void }) {
  const outcomes: readonly Outcome[] = ["open", "won", "lost"];
  return (
    <Section title="What it means to be here" note={outcomeMeaning[value]}>
      <div>
        <Segmented
          label="Outcome"
          value={value}
          onChange={onChange}
          segments={outcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome] }))}
        />
      </div>
    </Section>
  );
}
