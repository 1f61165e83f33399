import { useState } from "react";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import type { Stage } from "../../../shared/entities/setting.ts";
import { Stages } from "../../admin/wire.ts";
import { Section } from "../parts/page.tsx";
import { outcomeMeaning, outcomeWords } from "./outcome-words.ts";
import { NewSettingForm, SettingEditor } from "./setting-editor.tsx";
import { keyOf } from "./setting-keys.ts";
import { useSetting } from "./use-setting.ts";

type Outcome = Stage["outcome"];
const path = "/stages";
const noun = "stage";

export function StageEditor({ stage, all }: { stage: Stage; all: readonly Stage[] }) {
  const setting = useSetting(path);
  const { id, pipeline, key, label, outcome, archived } = stage;
  const count = (next: Outcome) =>
    void setting.save(
      id,
      { outcome: next },
      { outcome },
      `“${label}” counts as ${outcomeWords[next].toLowerCase()} now.`,
    );
  return (
    <SettingEditor
      path={path}
      noun={noun}
      item={stage}
      about={`Called ${key} in files and the API${archived ? ". Archived: no record can be put here" : ""}`}
      remake={{ pipeline, key, label, outcome }}
      ids={all.map((one) => one.id)}
      closeTo={["stages", pipeline]}
    >
      <OutcomePicker value={outcome} onChange={count} />
    </SettingEditor>
  );
}

export function NewStageForm({
  pipeline,
  existing,
}: {
  pipeline: Stage["pipeline"];
  existing: readonly Stage[];
}) {
  const [outcome, setOutcome] = useState<Outcome>("open");
  const taken = existing.map((stage) => stage.key);
  return (
    <NewSettingForm
      path={path}
      noun={noun}
      answer={Stages}
      bodyOf={(label) => ({ pipeline, key: keyOf(label, "-", taken), label, outcome })}
      closeTo={["stages", pipeline]}
    >
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
