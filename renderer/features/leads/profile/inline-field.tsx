import { CloudUpload, GitMerge } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { FieldValue } from "../../../../shared/entities/fields.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { Picker } from "../../../ui/fields/picker.tsx";
import { emptyValue, isPicked, useFieldChoices } from "../../record-fields/index.ts";
import type { LeadField } from "../model/lead-fields.ts";
import { InlineInput } from "./inline-input.tsx";
import styles from "./profile.module.css";

export interface InlineFieldProps {
  field: LeadField;
  value: FieldValue;
  /** How the value reads; empty = nothing there. */
  children: ReactNode;
  /** @param seen what stood there when the person began to change it */
  onSave: (value: FieldValue, seen: FieldValue) => void;
  /** Something to do with the value, seen when the pointer or the keyboard is at it. */
  action?: ReactNode;
  /** Not on the server yet. */
  waiting?: boolean;
  /** Why the server did not take the last value. */
  refused?: string | undefined;
  /** Two people changed it: leads to the choice. */
  onShowKept?: (() => void) | undefined;
}

/** A label and its value; a click or Enter edits it where it stands. */
export function InlineField(props: InlineFieldProps) {
  const { field, waiting, refused, onShowKept } = props;
  return (
    <div className={styles["field"]}>
      <div className={styles["field-label"]}>
        {field.label}
        {waiting && (
          <span title="Kept here, not sent yet" className={styles["field-waiting"]}>
            <Icon of={CloudUpload} size={12} />
            <span className="visually-hidden">not sent yet</span>
          </span>
        )}
      </div>
      <div className={styles["field-value"]}>
        {isPicked(field.kind) ? <PickedValue {...props} /> : <TypedValue {...props} />}
        {onShowKept && (
          <button type="button" className={styles["two-values"]} onClick={onShowKept}>
            <Icon of={GitMerge} size={14} /> 2 values
          </button>
        )}
      </div>
      {refused && <div className={styles["field-refused"]}>{refused} Kept here, not sent.</div>}
    </div>
  );
}

function TypedValue({ field, value, children, onSave, action }: InlineFieldProps) {
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <InlineInput
        field={field}
        value={value}
        onSave={(next, seen) => {
          setEditing(false);
          onSave(next, seen);
        }}
        onCancel={() => setEditing(false)}
      />
    );
  }
  return (
    <>
      <ValueButton field={field} value={value} shown={children} onClick={() => setEditing(true)} />
      {action && <span className={styles["field-action"]}>{action}</span>}
    </>
  );
}

function PickedValue({ field, value, children, onSave }: InlineFieldProps) {
  const choices = useFieldChoices(field, value);
  if (field.kind === "boolean") {
    return (
      <ValueButton
        field={field}
        value={value}
        shown={children}
        onClick={() => onSave(value !== true, value)}
      />
    );
  }
  const several = field.kind === "multi-select";
  const chosen = Array.isArray(value) ? value.map(String) : value ? [String(value)] : [];
  const pick = (picked: string) => {
    if (picked === "") return onSave(emptyValue(field), value);
    if (!several) return onSave(picked, value);
    const others = chosen.filter((other) => other !== picked);
    return onSave(chosen.includes(picked) ? others : [...chosen, picked], value);
  };
  const isKept = field.kind === "stage" || field.kind === "team" || field.custom?.required;
  const clearable = chosen.length > 0 && !isKept;
  return (
    <Picker
      label={field.label}
      choices={clearable ? [...choices, { value: "", label: "Nobody or nothing" }] : choices}
      chosen={chosen}
      several={several}
      onPick={pick}
      target={({ toggle }) => <ValueButton field={field} value={value} shown={children} onClick={toggle} />}
    />
  );
}

interface ValueButtonProps extends Omit<React.ComponentProps<"button">, "value"> {
  field: LeadField;
  value: FieldValue;
  shown: ReactNode;
}

function ValueButton({ field, value, shown, ...rest }: ValueButtonProps) {
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return (
    <button
      type="button"
      {...rest}
      data-field={field.path}
      className={classNames(styles["value"], isEmpty && styles["empty"])}
    >
      <span className="visually-hidden">Change {field.label}: </span>
      {isEmpty ? "–" : shown}
    </button>
  );
}
