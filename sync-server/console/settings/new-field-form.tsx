import { useState } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { FieldType, type CustomField } from "../../../shared/entities/setting.ts";
import { Fields } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Section } from "../parts/page.tsx";
import { Pair, Sheet } from "../parts/sheet.tsx";
import { isChoice, typeWords } from "./field-words.ts";
import { OptionEditor } from "./option-editor.tsx";
import { keyOf } from "./setting-keys.ts";

const types = FieldType.options.map((type) => ({ value: type, label: typeWords[type] }));

/** What a field cannot change later (key, type) is chosen here. */
export function NewFieldForm({
  collection,
  existing,
}: {
  collection: CustomField["collection"];
  existing: readonly CustomField[];
}) {
  const send = useSend();
  const taken = existing.map(({ key }) => key);
  const [label, setLabel] = useState("");
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [type, setType] = useState<FieldType>("text");
  const [options, setOptions] = useState<string[]>([]);
  const [required, setRequired] = useState(false);
  const key = ownKey ?? (label.trim() === "" ? "" : keyOf(label, "_", taken));
  const needsOptions = isChoice(type) && options.length === 0;
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const given = { collection, key, label: label.trim(), type, required, default: null };
    const body = { ...given, options: isChoice(type) ? options : [] };
    const answer = await send({ method: "POST", path: "/fields", body }, Fields);
    if (!answer.ok) return answer.error.message;
    goOn("fields", collection, key);
    return null;
  });
  return (
    <Sheet title="New field">
      <Form form={form} action="Add the field" ready={label.trim() !== "" && key !== "" && !needsOptions}>
        <TextInput
          label="Label"
          required
          value={label}
          onChange={setLabel}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
          autoFocus
        />
        <Pair>
          <Select
            label="Type"
            hint="Stays as it is once values exist."
            value={type}
            choices={types}
            onChange={(value) => setType(FieldType.parse(value))}
          />
          <TextInput
            label="Key"
            hint="In files and the API. Stays, too."
            error={keyTrouble(key, taken)}
            value={key}
            onChange={setOwnKey}
          />
        </Pair>
        {isChoice(type) && (
          <Section title="Options" note="What may be chosen, at least one.">
            <OptionEditor
              options={options}
              onAdd={(option) => setOptions([...options, option])}
              onRename={(from, to) => setOptions(options.map((one) => (one === from ? to : one)))}
              onRemove={(option) => setOptions(options.filter((one) => one !== option))}
              onReorder={setOptions}
            />
          </Section>
        )}
        <Checkbox checked={required} onChange={setRequired}>
          Needed: a record cannot be saved without it
        </Checkbox>
      </Form>
    </Sheet>
  );
}

function keyTrouble(key: string, taken: readonly string[]): string | null {
  if (taken.includes(key)) return "Another field has this key.";
  return key === "" || /^[a-z][a-z0-9_]*$/u.test(key) ? null : "Small letters, digits and _ only.";
}
