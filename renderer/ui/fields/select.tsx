import { ChevronsUpDown, X } from "lucide-react";
import { classNames } from "../class-names.ts";
import { Icon, type IconType } from "../display/icon.tsx";
import type { Choice } from "./choices.ts";
import { Field, type FieldLook } from "./field.tsx";
import { Picker, type PickerProps } from "./picker.tsx";
import styles from "./field.module.css";

interface ChoiceField extends FieldLook, Pick<PickerProps, "onSearch" | "onCreate" | "emptyText"> {
  choices: readonly Choice[];
  placeholder?: string;
  icon?: IconType | undefined;
  compact?: boolean;
  disabled?: boolean;
}

export interface SelectProps extends ChoiceField {
  value: string | null;
  onChange: (value: string | null) => void;
  /** The first choice empties the field. */
  clearable?: boolean;
}

const emptyValue = "\u0000none";

/** One of many. With `onSearch` the choices are whatever the caller finds (a combobox over a query). */
export function Select(props: SelectProps) {
  const {
    choices,
    value,
    onChange,
    clearable = false,
    placeholder = "None",
    icon,
    disabled,
    ...rest
  } = props;
  const chosen = choices.find((choice) => choice.value === value);
  const offered = clearable && value !== null ? [{ value: emptyValue, label: "None" }, ...choices] : choices;
  return (
    <Field {...rest}>
      {(control) => (
        <Picker
          {...pickerOf(props)}
          choices={offered}
          chosen={value === null ? [] : [value]}
          onPick={(picked) => onChange(picked === emptyValue ? null : picked)}
          target={(open) => (
            <button
              type="button"
              {...control}
              role="combobox"
              aria-haspopup="listbox"
              aria-controls={open.listId}
              aria-expanded={open.opened}
              disabled={disabled}
              className={boxOf(props)}
              onClick={open.toggle}
            >
              {icon ? <Icon of={icon} /> : chosen?.mark}
              <span className={classNames("cut", styles["value"], !chosen && styles["placeholder"])}>
                {chosen?.label ?? value ?? placeholder}
              </span>
              <Icon of={ChevronsUpDown} size={14} />
            </button>
          )}
        />
      )}
    </Field>
  );
}

export interface MultiSelectProps extends ChoiceField {
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Several of many, as tags; with `onCreate`, new ones too. */
export function MultiSelect(props: MultiSelectProps) {
  const { choices, value, onChange, placeholder = "None", disabled, ...rest } = props;
  const toggle = (picked: string) =>
    onChange(value.includes(picked) ? value.filter((other) => other !== picked) : [...value, picked]);
  return (
    <Field {...rest}>
      {(control) => (
        <div className={boxOf(props)}>
          <span className={styles["pills"]}>
            {value.map((item) => (
              <Pill
                key={item}
                label={choices.find((choice) => choice.value === item)?.label ?? item}
                onRemove={() => toggle(item)}
              />
            ))}
            <Picker
              {...pickerOf(props)}
              several
              choices={choices}
              chosen={value}
              onPick={toggle}
              target={(open) => (
                <button
                  type="button"
                  {...control}
                  role="combobox"
                  aria-haspopup="listbox"
                  aria-controls={open.listId}
                  aria-expanded={open.opened}
                  disabled={disabled}
                  className={classNames(styles["input"], styles["placeholder"])}
                  onClick={open.toggle}
                >
                  {value.length === 0 ? placeholder : "Add"}
                </button>
              )}
            />
          </span>
        </div>
      )}
    </Field>
  );
}

function Pill({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className={styles["pill"]}>
      <span className="cut">{label}</span>
      <button type="button" aria-label={`Remove ${label}`} onClick={onRemove}>
        <Icon of={X} size={13} />
      </button>
    </span>
  );
}

function pickerOf({ label, onSearch, onCreate, emptyText }: ChoiceField) {
  return {
    label,
    onSearch,
    onCreate,
    width: "target" as const,
    ...(emptyText === undefined ? {} : { emptyText }),
  };
}

function boxOf({ compact, error }: ChoiceField): string {
  return classNames(styles["box"], compact && styles["compact"], error && styles["invalid"]);
}
