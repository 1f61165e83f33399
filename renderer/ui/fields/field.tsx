import { useId, type ReactNode } from "react";
import styles from "./field.module.css";

export interface FieldLook {
  /** Above the control; read out only where `hideLabel` says so. */
  label: string;
  hideLabel?: boolean;
  required?: boolean;
  hint?: string | undefined;
  /** What is wrong and what would be right, in one sentence. */
  error?: string | null | undefined;
}

/** What ties a control to its label and its error. */
export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
  "aria-required": boolean | undefined;
}

export function Field({
  label,
  hideLabel = false,
  required,
  hint,
  error,
  children,
}: FieldLook & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={styles["field"]}>
      <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles["label"]}>
        {label}
        {required && <span className={styles["required"]}> (needed)</span>}
      </label>
      {children({
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": Boolean(error),
        "aria-required": required,
      })}
      {note && (
        <span
          id={noteId}
          className={error ? styles["error"] : styles["hint"]}
          role={error ? "alert" : undefined}
        >
          {note}
        </span>
      )}
    </div>
  );
}
