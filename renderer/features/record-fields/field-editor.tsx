import { useState } from "react";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { useDirectory, type Directory } from "../../client/index.ts";
import type { Choice } from "../../ui/fields/choices.ts";
import { MultiSelect, Select } from "../../ui/fields/select.tsx";
import { Reading, TextInput } from "../../ui/fields/text-input.tsx";
import { Checkbox } from "../../ui/fields/tick.tsx";
import { useNow } from "../../ui/format/use-now.ts";
import { peopleChoices, teamChoices, useStageChoices } from "./choices.tsx";
import {
  isPicked,
  optionChoices,
  readingOf,
  readTyped,
  typedText,
  type TypingContext,
} from "./field-values.ts";
import type { RecordField } from "./record-field.ts";

export interface FieldEditorProps {
  field: RecordField;
  value: FieldValue;
  onChange: (value: FieldValue) => void;
  /** Tells a form that what is typed cannot be taken. */
  onWrong?: (wrong: boolean) => void;
  takesFocus?: boolean;
  /** In one line, where what it is called stands already. */
  bare?: boolean;
}

/** One field of a form, of any kind. */
export function FieldEditor(props: FieldEditorProps) {
  return isPicked(props.field.kind) ? <PickedField {...props} /> : <TypedField {...props} />;
}

export function useTypingContext(): TypingContext {
  const { business } = useDirectory();
  const now = useNow();
  return { country: business?.country ?? "US", currency: business?.currency ?? "USD", now };
}

function TypedField({ field, value, onChange, onWrong, takesFocus = false, bare = false }: FieldEditorProps) {
  const context = useTypingContext();
  const [draft, setDraft] = useState(() => typedText(field, value, context));
  const [error, setError] = useState<string | null>(null);
  const take = (text: string) => {
    const read = readTyped(field, text, context);
    onWrong?.(!read.ok);
    if (read.ok) onChange(read.value);
    return read;
  };
  return (
    <TextInput
      label={field.label}
      hideLabel={bare}
      compact={bare}
      required={field.path === "name" || (field.custom?.required ?? false)}
      value={draft}
      error={error}
      end={<Reading of={readingOf(field, draft, context)} />}
      onChange={(text) => {
        setDraft(text);
        setError(null);
        take(text);
      }}
      onBlur={() => {
        const read = take(draft);
        setError(read.ok ? null : read.error);
      }}
      {...(takesFocus ? { "data-autofocus": true } : {})}
    />
  );
}

function PickedField({ field, value, onChange, bare = false }: FieldEditorProps) {
  const choices = useFieldChoices(field, value);
  const required = field.custom?.required ?? false;
  if (field.kind === "boolean") {
    return (
      <Checkbox checked={value === true} onChange={onChange}>
        {field.label}
      </Checkbox>
    );
  }
  if (field.kind === "multi-select") {
    const chosen = Array.isArray(value) ? value.map(String) : [];
    return (
      <MultiSelect
        label={field.label}
        hideLabel={bare}
        compact={bare}
        required={required}
        choices={choices}
        value={chosen}
        onChange={onChange}
      />
    );
  }
  return (
    <Select
      label={field.label}
      hideLabel={bare}
      compact={bare}
      required={required}
      choices={choices}
      clearable={field.kind !== "stage" && !required}
      value={typeof value === "string" && value !== "" ? value : null}
      onChange={onChange}
    />
  );
}

/** What a picked field offers. @param held what is chosen in it */
export function useFieldChoices(field: RecordField, held: FieldValue): Choice[] {
  const directory = useDirectory();
  const stages = useStageChoices("leads");
  return field.kind === "stage" ? stages : choicesOf(field, directory, held);
}

function choicesOf(field: RecordField, directory: Directory, held: FieldValue): Choice[] {
  if (field.kind === "person") return peopleChoices(directory);
  if (field.kind === "team") return teamChoices(directory);
  return field.custom ? optionChoices(field.custom, held) : [];
}
