import { SavedText } from "../parts/saved-text.tsx";

/** A whole number that is saved when the caret leaves. What is none is not taken: the server says why. */
export function SavedNumber({
  label,
  hint,
  value,
  placeholder,
  onSave,
}: {
  label: string;
  hint?: string;
  /** Null = nothing is set; NaN = what was typed is no number, and the server is being asked. */
  value: number | null;
  placeholder?: string;
  onSave: (value: number | null) => void;
}) {
  return (
    <SavedText
      label={label}
      {...(hint ? { hint } : {})}
      {...(placeholder ? { placeholder } : {})}
      inputMode="numeric"
      value={value === null || Number.isNaN(value) ? "" : String(value)}
      onSave={(typed) => onSave(typed === "" ? null : Number(typed))}
    />
  );
}
