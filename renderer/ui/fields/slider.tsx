import type { CSSProperties } from "react";
import { Field, type FieldLook } from "./field.tsx";
import styles from "./slider.module.css";

interface SliderProps extends FieldLook {
  /** Within `min` and `max`. */
  value: number;
  min?: number;
  max?: number;
  step?: number;
  /** The value in words, which stand beside it. */
  say: (value: number) => string;
  /** Told of every step while it is drawn. */
  onChange: (value: number) => void;
}

/** How much of something, where the place tells more than a number. */
export function Slider({ value, min = 0, max = 1, step = 0.1, say, onChange, ...look }: SliderProps) {
  return (
    <Field {...look}>
      {({ id, "aria-describedby": describedBy }) => (
        <div className={styles["slider"]}>
          <input
            type="range"
            id={id}
            aria-describedby={describedBy}
            aria-valuetext={say(value)}
            {...{ min, max, step, value }}
            style={{ "--part": `${((value - min) / (max - min)) * 100}%` } as CSSProperties}
            onChange={(event) => onChange(event.target.valueAsNumber)}
          />
          <output htmlFor={id}>{say(value)}</output>
        </div>
      )}
    </Field>
  );
}
