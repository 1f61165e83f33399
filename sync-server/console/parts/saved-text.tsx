import { useState } from "react";
import { TextInput, type TextInputProps } from "../../../renderer/ui/fields/text-input.tsx";

/** A line that is saved when the caret leaves or Enter is pressed; Escape takes back what was typed. */
export function SavedText({
  value,
  onSave,
  ...rest
}: Omit<TextInputProps, "onChange"> & { onSave: (value: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    const typed = draft?.trim() ?? value;
    setDraft(null);
    const isMissing = rest.required === true && typed === "";
    if (typed !== value && !isMissing) onSave(typed);
  };
  return (
    <TextInput
      {...rest}
      value={draft ?? value}
      onChange={setDraft}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key !== "Escape" || draft === null) return;
        event.stopPropagation();
        setDraft(null);
      }}
    />
  );
}
