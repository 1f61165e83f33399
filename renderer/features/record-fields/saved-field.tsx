import { useState } from "react";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { useDraft } from "../../ui/fields/use-draft.ts";
import { useToast } from "../../ui/floating/toast.tsx";
import { useTypingContext } from "./field-editor.tsx";
import { leaveField, typedText, wordsOfLost } from "./field-values.ts";
import type { RecordField } from "./record-field.ts";

/** A typed field that is read and saved when it is left or Enter is pressed; what cannot be taken stays, and says why. */
export function SavedField({
  field,
  value,
  onSave,
}: {
  field: RecordField;
  value: FieldValue;
  /** @param seen what stood there when the typing began, also before an entry that could not be taken */
  onSave: (value: FieldValue, seen: FieldValue) => void;
}) {
  const context = useTypingContext();
  const toast = useToast();
  const [error, setError] = useState<string | null>(null);
  const [draft, setDraft] = useDraft<{ typed: string; seen: FieldValue }>(
    ({ typed, seen }) => {
      const left = leaveField(field, typed, seen, context);
      if (left.as === "changed") onSave(left.value, seen);
      if (left.as === "wrong") toast({ text: wordsOfLost(field, typed, left.why), trouble: true });
    },
    () => setError(null),
  );
  const save = () => {
    if (draft === null) return;
    const left = leaveField(field, draft.typed, draft.seen, context);
    setError(left.as === "wrong" ? left.why : null);
    if (left.as === "wrong") return;
    setDraft(null);
    if (left.as === "changed") onSave(left.value, draft.seen);
  };
  return (
    <TextInput
      label={field.label}
      compact
      dir="auto"
      required={field.custom?.required ?? false}
      maxLength={10_000}
      error={error}
      value={draft?.typed ?? typedText(field, value, context)}
      onChange={(typed) => {
        setDraft({ typed, seen: draft ? draft.seen : value });
        setError(null);
      }}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
      }}
    />
  );
}
