import { useEffect, useId, useRef, useState } from "react";
import type { FieldValue } from "../../../../shared/entities/fields.ts";
import { leaveField, readingOf, typedText, useTypingContext } from "../../record-fields/index.ts";
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
  const [typed, setTyped] = useState(() => typedText(field, value, context));
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const save = () => {
    const left = leaveField(field, typed, seen, context);
    if (left.as === "wrong") setError(left.why);
    else if (left.as === "before") onCancel();
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
          setTyped(event.target.value);
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
