import { useState } from "react";
import { TextArea, TextInput } from "../../ui/fields/text-input.tsx";

type SavedTextProps = {
  label: string;
  value: string;
  onSave: (value: string) => void;
  required?: boolean;
  /** A title in the right direction for its language, whatever the page's is. */
  lines?: number;
  maxLength?: number;
};

/** Text that is saved when the caret leaves it or Enter is pressed; what is needed cannot be emptied. */
export function SavedText({
  label,
  value,
  onSave,
  required = false,
  lines = 1,
  maxLength = 500,
}: SavedTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    const typed = lines === 1 ? draft?.trim() : draft;
    setDraft(null);
    if (typed === undefined || typed === null || typed === value || (required && typed === "")) return;
    onSave(typed);
  };
  const shared = { label, dir: "auto", value: draft ?? value, onChange: setDraft, onBlur: save } as const;
  if (lines > 1) return <TextArea {...shared} rows={lines} maxLength={50_000} />;
  return (
    <TextInput
      {...shared}
      compact
      required={required}
      maxLength={maxLength}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
      }}
    />
  );
}
