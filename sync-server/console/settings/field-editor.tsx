import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { BusinessSettings } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section } from "../parts/page.tsx";
import { FieldValueControl } from "./field-value.tsx";
import { defaultWithout, isChoice, renameOption, typeWords } from "./field-words.ts";
import { OptionEditor } from "./option-editor.tsx";
import { SettingEditor } from "./setting-editor.tsx";
import { useSetting } from "./use-setting.ts";

type Changed = Partial<Pick<CustomField, "label" | "required" | "default" | "options">>;

/** Every change is saved as it is made, and taken back from the toast. */
export function FieldEditor({ field, all }: { field: CustomField; all: readonly CustomField[] }) {
  const setting = useSetting("/fields");
  const currency = useAnswer("/business", BusinessSettings).value?.currency ?? "USD";
  const { id, collection, key, label, type, required, options, archived } = field;
  const save = (next: Changed, said: string) => {
    const before = Object.fromEntries(Object.keys(next).map((name) => [name, field[name as keyof Changed]]));
    void setting.save(id, next, before, said);
  };
  return (
    <SettingEditor
      path="/fields"
      noun="field"
      item={field}
      about={`${typeWords[type]}, called ${key} in files and the API${archived ? ". Archived: hidden on every desk" : ""}`}
      remake={{ collection, key, label, type, required, default: field.default, options }}
      ids={all.map((one) => one.id)}
      closeTo={["fields", collection]}
    >
      {isChoice(type) && (
        <Section title="Options">
          <OptionEditor
            options={options}
            onAdd={(option) => save({ options: [...options, option] }, `“${option}” can be chosen.`)}
            onRename={(from, to) => save(renameOption(field, from, to), `“${from}” is “${to}” now.`)}
            onReorder={(next) => save({ options: next }, "The order of options is changed.")}
            onRemove={(option) =>
              save(
                {
                  options: options.filter((one) => one !== option),
                  default: defaultWithout(field.default, option),
                },
                `“${option}” is not offered any more. Records keep it.`,
              )
            }
          />
        </Section>
      )}
      <Section title="New records">
        <Checkbox
          checked={required}
          onChange={(next) =>
            save({ required: next }, next ? `“${label}” is needed now.` : `“${label}” may stay empty.`)
          }
        >
          Needed: a record cannot be saved without it
        </Checkbox>
        <FieldValueControl
          field={field}
          label="Begins with"
          value={field.default}
          currency={currency}
          onChange={(next) => save({ default: next }, `New records begin with another “${label}”.`)}
        />
      </Section>
    </SettingEditor>
  );
}
