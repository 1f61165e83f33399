import { useState, type ReactNode } from "react";
import { TextInput, type TextInputProps } from "./text-input.tsx";

export interface ParsedFieldProps<V> extends Omit<TextInputProps, "value" | "onChange"> {
  value: V | null;
  onChange: (value: V | null) => void;
  show: (value: V) => string;
  /** Null: not understood. Empty text is never asked about: it means null. */
  parse: (typed: string) => V | null;
  notUnderstood: string;
  end?: ReactNode;
}

/** A field of text that stands for something else: read when the caret leaves or Enter is pressed, kept as typed if not understood. */
export function ParsedField<V>({
  value,
  onChange,
  show,
  parse,
  notUnderstood,
  error,
  ...rest
}: ParsedFieldProps<V>) {
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const read = () => {
    if (draft === null) return;
    const parsed = draft.trim() === "" ? null : parse(draft);
    const failed = parsed === null && draft.trim() !== "";
    setWrong(failed);
    if (failed) return;
    setDraft(null);
    if (parsed !== value) onChange(parsed);
  };
  return (
    <TextInput
      {...rest}
      error={wrong ? notUnderstood : error}
      value={draft ?? (value === null ? "" : show(value))}
      onChange={(text) => {
        setWrong(false);
        setDraft(text);
      }}
      onBlur={read}
      onKeyDown={(event) => {
        if (event.key === "Enter") read();
      }}
    />
  );
}
