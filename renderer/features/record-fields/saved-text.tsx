import { TextArea, TextInput } from "../../ui/fields/text-input.tsx";
import { useDraft } from "../../ui/fields/use-draft.ts";

type SavedTextProps = {
  label: string;
  value: string;
  onSave: (value: string) => void;
  required?: boolean;
  /** A title in the right direction for its language, whatever the page's is. */
  lines?: number;
  maxLength?: number;
};

/** Text that is saved when the caret leaves it, it goes away or Enter is pressed; what is needed cannot be emptied. */
export function SavedText({
  label,
  value,
  onSave,
  required = false,
  lines = 1,
  maxLength = 500,
}: SavedTextProps) {
  const take = (written: string) => {
    const typed = lines === 1 ? written.trim() : written;
    if (typed !== value && !(required && typed === "")) onSave(typed);
  };
  const [draft, setDraft] = useDraft(take);
  const save = () => {
    if (draft === null) return;
    setDraft(null);
    take(draft);
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
