import { Plus, X } from "lucide-react";
import { useMemo, useState } from "react";
import { useDirectory } from "../../client/index.ts";
import { Button, IconButton } from "../../ui/controls/button.tsx";
import type { Choice } from "../../ui/fields/choices.ts";
import { Picker } from "../../ui/fields/picker.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { fieldChoices } from "./import-fields.tsx";
import { suggestedTemplate, withTemplate, type ImportState } from "./import-words.ts";
import type { SetOptions } from "./use-import.ts";
import styles from "./imports.module.css";

/** Fields that no column fills in a row, made from the row's number or from other columns. */
export function TemplateRows({ state, onOptions }: { state: ImportState; onOptions: SetOptions }) {
  const directory = useDirectory();
  const all = useMemo(() => fieldChoices(directory), [directory]);
  const { templates, fields } = state.options;
  const hasName = "name" in templates || Object.values(fields).includes("name");
  const set = (field: string, template: string | null) =>
    onOptions(withTemplate(state.options, field, template));
  return (
    <section className={styles["templates"]}>
      {Object.entries(templates).map(([field, template]) => (
        <TemplateRow
          key={field}
          choice={all.find(({ value }) => value === field) ?? { value: field, label: field }}
          template={template}
          onChange={(next) => set(field, next)}
        />
      ))}
      <div className={styles["template-add"]}>
        <Picker
          label="Field to fill"
          choices={all.filter(({ value }) => !(value in templates))}
          chosen={[]}
          onPick={(field) => set(field, suggestedTemplate(field))}
          target={({ toggle }) => (
            <Button kind="quiet" size="small" icon={Plus} onClick={toggle}>
              Fill a field where no column does
            </Button>
          )}
        />
        {!hasName && <span className={styles["asks"]}>No column holds a name yet</span>}
      </div>
    </section>
  );
}

function TemplateRow({
  choice,
  template,
  onChange,
}: {
  choice: Choice;
  template: string;
  onChange: (template: string | null) => void;
}) {
  const [text, setText] = useState(template);
  const save = () => text.trim() !== "" && text !== template && onChange(text);
  return (
    <div className={styles["template"]}>
      <TextInput
        label={`${choice.label} is made of`}
        hideLabel
        compact
        maxLength={200}
        value={text}
        onChange={setText}
        onBlur={save}
        onKeyDown={(event) => event.key === "Enter" && save()}
        end={<span className={styles["template-hint"]}>{"{row}, {row:7}, {Column}"}</span>}
      />
      <span className={styles["template-field"]}>
        {choice.mark} {choice.label}
      </span>
      <IconButton
        icon={X}
        size="small"
        label={`Leave ${choice.label} empty`}
        onClick={() => onChange(null)}
      />
    </div>
  );
}
