import { TextInput, type TextInputProps } from "../../../renderer/ui/fields/text-input.tsx";
import { useDraft } from "../../../renderer/ui/fields/use-draft.ts";

export type SavedTextProps = Omit<TextInputProps, "onChange" | "required"> & {
  onSave: (value: string) => void;
  /** Hears every letter, and null when it is saved or taken back. */
  onTyping?: (typed: string | null) => void;
  /** True: emptied, it goes back to what it was. */
  neverEmpty?: boolean;
};

/** A line that is saved when the caret leaves, it goes away or Enter is pressed; Escape takes back what was typed. */
export function SavedText({ value, onSave, onTyping, neverEmpty = false, ...rest }: SavedTextProps) {
  const take = (written: string) => {
    const typed = written.trim();
    if (typed !== value && !(neverEmpty && typed === "")) onSave(typed);
  };
  const [draft, setDraft] = useDraft(take, () => onTyping?.(null));
  const type = (typed: string | null) => {
    setDraft(typed);
    onTyping?.(typed);
  };
  const save = () => {
    if (draft === null) return;
    type(null);
    take(draft);
  };
  return (
    <TextInput
      {...rest}
      value={draft ?? value}
      onChange={type}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
      }}
    />
  );
}
