import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { BusinessSettings, Fields } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section } from "../parts/page.tsx";
import { FieldValueControl } from "./field-value.tsx";
import { defaultWithout, isChoice, renameOption, typeWords } from "./field-words.ts";
import { OptionEditor } from "./option-editor.tsx";
import { SettingEditor, type SaveSetting } from "./setting-editor.tsx";

export const fieldKind = { path: "/fields", noun: "field", answer: Fields };

/** Every change is saved as it is made, and taken back from the toast. */
export function FieldEditor({ field, all }: { field: CustomField; all: readonly CustomField[] }) {
  return (
    <SettingEditor
      of={fieldKind}
      item={field}
      all={all}
      about={`${typeWords[field.type]}.`}
      whenArchived="hidden on every desk"
      whoMisses="Views that filter by it find nobody while it is archived, and say so."
      closeTo={["fields", field.collection]}
    >
      {(shown, save) => (
        <>
          {isChoice(field.type) && <Options field={shown} save={save} />}
          <NewRecords field={shown} save={save} />
        </>
      )}
    </SettingEditor>
  );
}

type Part = { field: CustomField; save: SaveSetting<CustomField> };

function Options({ field, save }: Part) {
  const { options } = field;
  return (
    <Section title="Options">
      <OptionEditor
        options={options}
        onAdd={(option) => save({ options: [...options, option] }, `“${option}” can be chosen.`)}
        onRename={(from, to) =>
          save(
            renameOption(field, from, to),
            `“${to}” is offered instead of “${from}”. Records keep what they have.`,
          )
        }
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
  );
}

function NewRecords({ field, save }: Part) {
  const currency = useAnswer("/business", BusinessSettings).value?.currency ?? "USD";
  const { label, required } = field;
  return (
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
  );
}
