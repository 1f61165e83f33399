import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import styles from "./field.module.css";

interface TickProps extends Omit<ComponentProps<"input">, "onChange" | "type" | "checked"> {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children?: ReactNode;
}

/** A box to tick. Without children it needs an `aria-label`. */
export function Checkbox({
  checked,
  onChange,
  indeterminate = false,
  children,
  ...rest
}: TickProps & { indeterminate?: boolean }) {
  const box = (
    <input
      {...rest}
      ref={(element) => {
        if (element) element.indeterminate = indeterminate;
      }}
      type="checkbox"
      className={styles["tick"]}
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
  return children === undefined ? (
    box
  ) : (
    <label className={styles["tick-line"]}>
      {box} {children}
    </label>
  );
}

export function Radio({ checked, onChange, children, ...rest }: TickProps) {
  return (
    <label className={styles["tick-line"]}>
      <input
        {...rest}
        type="radio"
        className={classNames(styles["tick"], styles["radio"])}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children}
    </label>
  );
}
