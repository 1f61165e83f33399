import { X } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "../display/icon.tsx";
import styles from "./chip.module.css";

export interface ChipProps extends ComponentProps<"span"> {
  field: string;
  operator: string;
  value: string | null;
  /** Its editor is open. */
  opened: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

/** A filter as a sentence in boxes: "Score | at least | 55 | ×". */
export function Chip({ field, operator, value, opened, onEdit, onRemove, ...rest }: ChipProps) {
  const sentence = [field, operator, value].filter(Boolean).join(" ");
  return (
    <span {...rest} className={styles["chip"]} role="group" aria-label={sentence}>
      <button
        type="button"
        className={styles["part"]}
        onClick={onEdit}
        aria-label={`${field}: change this filter`}
        aria-haspopup="dialog"
        aria-expanded={opened}
      >
        {field}
      </button>
      <button type="button" className={styles["part"]} onClick={onEdit} tabIndex={-1}>
        {operator}
      </button>
      {value !== null && (
        <button
          type="button"
          className={classNames(styles["part"], styles["value"])}
          onClick={onEdit}
          tabIndex={-1}
        >
          <span className="cut">{value}</span>
        </button>
      )}
      <button
        type="button"
        className={classNames(styles["part"], styles["remove"])}
        aria-label={`Remove filter: ${sentence}`}
        onClick={onRemove}
      >
        <Icon of={X} size={13} stroke={1.1} />
      </button>
    </span>
  );
}
