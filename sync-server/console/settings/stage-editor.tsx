import { useState } from "react";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import type { Stage } from "../../../shared/entities/setting.ts";
import { Stages } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goTo } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { LeaveSection } from "./leave-section.tsx";
import { outcomeMeaning, outcomeWords } from "./outcome-words.ts";
import { keyOf } from "./setting-keys.ts";
import { useSetting } from "./use-setting.ts";
import styles from "./settings.module.css";

type Outcome = Stage["outcome"];

export function StageEditor({ stage, all }: { stage: Stage; all: readonly Stage[] }) {
  const setting = useSetting("/stages");
  const { id, pipeline, key, label, outcome, archived } = stage;
  return (
    <div className={styles["editor"]}>
      <h2>{label}</h2>
      <p className={styles["sub"]}>
        Called {key} in files and the API{archived && ". Archived: no record can be put here"}
      </p>
      <SavedText
        label="Label"
        neverEmpty
        value={label}
        onSave={(typed) =>
          void setting.save(id, { label: typed }, { label }, `“${label}” is called “${typed}” now.`)
        }
      />
      <OutcomePicker
        value={outcome}
        onChange={(next) =>
          void setting.save(
            id,
            { outcome: next },
            { outcome },
            `“${label}” counts as ${outcomeWords[next].toLowerCase()} now.`,
          )
        }
      />
      <LeaveSection
        path="/stages"
        item={stage}
        noun="stage"
        remake={{ pipeline, key, label, outcome }}
        ids={all.map((one) => one.id)}
        closeTo={["stages", pipeline]}
      />
    </div>
  );
}

export function NewStageForm({
  pipeline,
  existing,
}: {
  pipeline: Stage["pipeline"];
  existing: readonly Stage[];
}) {
  const send = useSend();
  const [label, setLabel] = useState("");
  const [outcome, setOutcome] = useState<Outcome>("open");
  const form = useForm(async () => {
    const taken = existing.map((stage) => stage.key);
    const key = keyOf(label, "-", taken);
    const body = { pipeline, key, label: label.trim(), outcome };
    const answer = await send({ method: "POST", path: "/stages", body }, Stages);
    if (!answer.ok) return answer.error.message;
    goTo("stages", pipeline, key);
    return null;
  });
  return (
    <div className={styles["editor"]}>
      <h2>New stage</h2>
      <Form form={form} action="Add the stage" ready={label.trim() !== ""}>
        <TextInput
          label="Label"
          required
          hint="It comes last; move it in the list afterwards."
          value={label}
          onChange={setLabel}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
          autoFocus
        />
        <OutcomePicker value={outcome} onChange={setOutcome} />
      </Form>
    </div>
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
