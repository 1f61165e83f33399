import { useId } from "react";
import { classNames } from "../class-names.ts";
import { Icon, type IconType } from "../display/icon.tsx";
import { Tooltip } from "../floating/tooltip.tsx";
import styles from "./segmented.module.css";

export interface Segment<V extends string> {
  value: V;
  label: string;
  /** Stands for the label, which becomes the tip. */
  icon?: IconType;
  keys?: string;
}

/** One of a few, always visible. */
export function Segmented<V extends string>({
  label,
  segments,
  value,
  onChange,
}: {
  label: string;
  segments: readonly Segment<V>[];
  value: V;
  onChange: (value: V) => void;
}) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles["segmented"]}>
      {segments.map((segment) => (
        <SegmentLabel
          key={segment.value}
          segment={segment}
          name={name}
          checked={segment.value === value}
          onPick={onChange}
        />
      ))}
    </div>
  );
}

function SegmentLabel<V extends string>({
  segment,
  name,
  checked,
  onPick,
}: {
  segment: Segment<V>;
  name: string;
  checked: boolean;
  onPick: (value: V) => void;
}) {
  const body = (
    <label className={classNames(styles["segment"], segment.icon && styles["icon-only"])}>
      <input
        type="radio"
        className="visually-hidden"
        name={name}
        checked={checked}
        aria-label={segment.label}
        onChange={() => onPick(segment.value)}
      />
      {segment.icon ? <Icon of={segment.icon} /> : segment.label}
    </label>
  );
  if (!segment.icon) return body;
  return (
    <Tooltip label={segment.label} keys={segment.keys}>
      {body}
    </Tooltip>
  );
}
