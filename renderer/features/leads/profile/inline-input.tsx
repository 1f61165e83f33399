import { useEffect, useId, useRef, useState } from "react";
import type { FieldValue } from "../../../../shared/entities/fields.ts";
import {
  leaveField,
  readingOf,
  typedText,
  useTypingContext,
  wordsOfLost,
} from "../../record-fields/index.ts";
import { useDraft } from "../../../ui/fields/use-draft.ts";
import { useToast } from "../../../ui/floating/toast.tsx";
import type { LeadField } from "../model/lead-fields.ts";
import styles from "./profile.module.css";

interface InlineInputProps {
  field: LeadField;
  value: FieldValue;
  /** @param seen what stood there when the typing began */
  onSave: (value: FieldValue, seen: FieldValue) => void;
  onCancel: () => void;
}

/** Enter saves, Escape leaves everything as it was; leaving the field saves what can be saved and keeps what cannot. */
export function InlineInput({ field, value, onSave, onCancel }: InlineInputProps) {
  const context = useTypingContext();
  const errorId = useId();
  const [seen] = useState(value);
  const [before] = useState(() => typedText(field, value, context));
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const toast = useToast();
  const [draft, setDraft] = useDraft<string>((text) => {
    const left = leaveField(field, text, seen, context);
    if (left.as === "changed") onSave(left.value, seen);
    if (left.as === "wrong") toast({ text: wordsOfLost(field, text, left.why), trouble: true });
  }, onCancel);
  const typed = draft ?? before;
  useEffect(() => input.current?.select(), []);
  const save = () => {
    const left = leaveField(field, typed, seen, context);
    setError(left.as === "wrong" ? left.why : null);
    if (left.as === "wrong") return;
    setDraft(null);
    if (left.as === "before") onCancel();
    else onSave(left.value, seen);
  };
  return (
    <div className={styles["input-box"]}>
      <input
        ref={input}
        dir="auto"
        aria-label={field.label}
        aria-invalid={error !== null}
        aria-describedby={error ? errorId : undefined}
        value={typed}
        onChange={(event) => {
          setDraft(event.target.value);
          setError(null);
        }}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === "Enter") save();
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onCancel();
        }}
      />
      <span className={styles["save-hint"]} role="status">
        {readingOf(field, typed, context) ?? "⏎ save"}
      </span>
      {error && (
        <div id={errorId} role="alert" className={styles["input-error"]}>
          {error}
        </div>
      )}
    </div>
  );
}
