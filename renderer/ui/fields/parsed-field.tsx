import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { Reading, TextInput, type TextInputProps } from "./text-input.tsx";
import { useDraft } from "./use-draft.ts";

export interface ParsedFieldProps<V> extends Omit<TextInputProps, "value" | "onChange" | "end"> {
  value: V | null;
  /** @param seen what stood there when the typing began; absent where nothing was typed */
  onChange: (value: V | null, seen?: V | null) => void;
  show: (value: V) => string;
  /** Null: not understood. Empty text is never asked about: it means null. */
  parse: (typed: string) => V | null;
  /** How what is being typed is read, where that is not plain. */
  reading?: (typed: string) => string | null;
  notUnderstood: string;
  /** After the text. @param pick takes a value from there: what was typed and not understood makes way for it */
  end?: ReactNode | ((pick: (value: V) => void) => ReactNode);
}

/**
 * A field of text that stands for something else: read when the caret leaves, it goes away or Enter is pressed, kept as
 * typed if not understood. Its form is not valid meanwhile: what stood there before is not sent in the place of what was typed.
 */
export function ParsedField<V>({
  value,
  onChange,
  show,
  parse,
  reading,
  notUnderstood,
  error,
  end,
  ...rest
}: ParsedFieldProps<V>) {
  const take = ({ typed, seen }: { typed: string; seen: V | null }) => {
    const parsed = typed.trim() === "" ? null : parse(typed);
    const isUnderstood = parsed !== null || typed.trim() === "";
    if (isUnderstood && parsed !== value) onChange(parsed, seen);
  };
  const [wrong, setWrong] = useState(false);
  const [draft, setDraft] = useDraft(take, () => setWrong(false));
  const input = useRef<HTMLInputElement>(null);
  const isNone = draft !== null && draft.typed.trim() !== "" && parse(draft.typed) === null;
  useLayoutEffect(
    () => input.current?.setCustomValidity(isNone ? notUnderstood : ""),
    [isNone, notUnderstood],
  );
  const read = () => {
    if (draft === null) return;
    setWrong(isNone);
    if (isNone) return;
    setDraft(null);
    take(draft);
  };
  const pick = (picked: V) => {
    setWrong(false);
    setDraft(null);
    if (picked !== value) onChange(picked);
  };
  return (
    <TextInput
      {...rest}
      ref={input}
      end={
        <>
          {reading && <Reading of={draft && reading(draft.typed)} />}
          {typeof end === "function" ? end(pick) : end}
        </>
      }
      error={wrong ? notUnderstood : error}
      value={draft?.typed ?? (value === null ? "" : show(value))}
      onChange={(typed) => {
        setWrong(false);
        setDraft({ typed, seen: draft ? draft.seen : value });
      }}
      onBlur={read}
      onInvalid={(event) => {
        // Said beneath the field as ever, not in a bubble of the browser's.
        event.preventDefault();
        event.currentTarget.focus();
        setWrong(isNone);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") read();
      }}
    />
  );
}
