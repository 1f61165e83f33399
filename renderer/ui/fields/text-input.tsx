import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon, type IconType } from "../display/icon.tsx";
import { Field, type FieldLook } from "./field.tsx";
import styles from "./field.module.css";

export interface TextInputProps
  extends FieldLook, Omit<ComponentProps<"input">, "value" | "onChange" | "size" | "required"> {
  value: string;
  onChange: (value: string) => void;
  icon?: IconType | undefined;
  /** After the text: a unit, a key, a button. */
  end?: ReactNode;
  compact?: boolean;
}

export function TextInput({
  label,
  hideLabel,
  required,
  hint,
  error,
  value,
  onChange,
  icon,
  end,
  compact,
  ...rest
}: TextInputProps) {
  return (
    <Field {...look({ label, hideLabel, required, hint, error })}>
      {(control) => (
        <div className={classNames(styles["box"], compact && styles["compact"], error && styles["invalid"])}>
          {icon && <Icon of={icon} />}
          <input
            type="text"
            autoComplete="off"
            {...rest}
            {...control}
            className={styles["input"]}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {end}
        </div>
      )}
    </Field>
  );
}

/** What the text is counted in, after it. */
export function Unit({ children }: { children: string }) {
  return <span className={styles["affix"]}>{children}</span>;
}

/** How what is being typed is read, after it. */
export function Reading({ of }: { of: string | null }) {
  return <span role="status">{of && <Unit>{of}</Unit>}</span>;
}

export interface TextAreaProps
  extends FieldLook, Omit<ComponentProps<"textarea">, "value" | "onChange" | "required"> {
  value: string;
  onChange: (value: string) => void;
}

/** Several lines; grows with what is written. */
export function TextArea({
  label,
  hideLabel,
  required,
  hint,
  error,
  value,
  onChange,
  ...rest
}: TextAreaProps) {
  return (
    <Field {...look({ label, hideLabel, required, hint, error })}>
      {(control) => (
        <div className={classNames(styles["box"], error && styles["invalid"])}>
          <textarea
            rows={3}
            {...rest}
            {...control}
            className={classNames(styles["input"], styles["area"])}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}

type LooseLook = { [K in keyof FieldLook]: FieldLook[K] | undefined } & { label: string };

/** Leaves out what was not given: absent and undefined differ for the compiler. */
function look(given: LooseLook): FieldLook {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as unknown as FieldLook;
}
