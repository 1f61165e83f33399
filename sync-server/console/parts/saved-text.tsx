import { useState } from "react";
import { TextInput, type TextInputProps } from "../../../renderer/ui/fields/text-input.tsx";

export type SavedTextProps = Omit<TextInputProps, "onChange" | "required"> & {
  onSave: (value: string) => void;
  /** Hears every letter, and null when it is saved or taken back. */
  onTyping?: (typed: string | null) => void;
  /** True: emptied, it goes back to what it was. */
  neverEmpty?: boolean;
};

/** A line that is saved when the caret leaves or Enter is pressed; Escape takes back what was typed. */
export function SavedText({ value, onSave, onTyping, neverEmpty = false, ...rest }: SavedTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const type = (typed: string | null) => {
    setDraft(typed);
    onTyping?.(typed);
  };
  const save = () => {
    if (draft === null) return;
    const typed = draft.trim();
    type(null);
    if (typed !== value && !(neverEmpty && typed === "")) onSave(typed);
  };
  return (
    <TextInput
      {...rest}
      value={draft ?? value}
      onChange={type}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key !== "Escape" || draft === null) return;
        event.stopPropagation();
        type(null);
      }}
    />
  );
}
