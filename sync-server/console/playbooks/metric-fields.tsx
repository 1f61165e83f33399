import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import {
  metricNames,
  metricUnits,
  type MetricName,
  type MetricUnit,
} from "../../../shared/coaching/metrics/catalogue.ts";
import type { Trigger } from "../../../shared/entities/playbook.ts";
import styles from "./playbooks.module.css";
import type { ChangeTrigger } from "./trigger-editor.tsx";

/** A figure that goes past a limit. */
export function MetricFields({
  trigger: { metric, is, value },
  change,
}: {
  trigger: Extract<Trigger, { kind: "metric" }>;
  change: ChangeTrigger;
}) {
  return (
    <div className={styles["metric"]}>
      <MetricSelect
        value={metric}
        onChange={(next) => change({ metric: next }, `It looks at ${metricLabel(next)} now.`)}
      />
      <Segmented
        label="Which side of the limit"
        segments={[
          { value: "over", label: "Over" },
          { value: "under", label: "Under" },
        ]}
        value={is}
        onChange={(next) => change({ is: next }, `It fires ${next} the limit now.`)}
      />
      <MetricValue
        label="Limit"
        metric={metric}
        value={value}
        onChange={(next) => change({ value: next }, "The limit is changed.")}
      />
    </div>
  );
}

export function MetricSelect({
  value,
  onChange,
}: {
  value: MetricName;
  onChange: (metric: MetricName) => void;
}) {
  return (
    <Select
      label="Figure"
      hideLabel
      compact
      value={value}
      choices={metricNames.map((name) => ({
        value: name,
        label: metricLabel(name),
        note: unitText[metricUnits[name]],
      }))}
      onChange={(next) => next !== null && onChange(next as MetricName)}
    />
  );
}

/** In the unit that people say: per cent, seconds. */
export function MetricValue({
  label,
  hideLabel = true,
  metric,
  value,
  onChange,
}: {
  label: string;
  hideLabel?: boolean;
  metric: MetricName;
  value: number;
  onChange: (value: number) => void;
}) {
  const unit = metricUnits[metric];
  const factor = factors[unit] ?? 1;
  return (
    <ParsedField<number>
      label={label}
      hideLabel={hideLabel}
      compact
      value={value}
      show={(shown) => numberIn(unit, shown)}
      parse={(typed) =>
        /^-?\d+(?:[.,]\d+)?$/u.test(typed.trim()) ? Number(typed.replace(",", ".")) * factor : null
      }
      notUnderstood="A number"
      end={unitText[unit]}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}

const factors: Partial<Record<MetricUnit, number>> = { share: 0.01, ms: 1_000 };
const unitText: Readonly<Record<MetricUnit, string>> = {
  share: "%",
  ms: "s",
  count: "",
  "per-minute": "a minute",
  "words-per-minute": "wpm",
  score: "-1 to 1",
};

/** "70 %", "8 s": a value of a figure as people say it. */
export function sayFigure(metric: MetricName, value: number): string {
  const unit = metricUnits[metric];
  return `${numberIn(unit, value)} ${unit === "score" ? "" : unitText[unit]}`.trim();
}

function numberIn(unit: MetricUnit, value: number): string {
  return String(Math.round((value / (factors[unit] ?? 1)) * 100) / 100);
}

/** "Talk share of speech" of `talkShareOfSpeech`. */
export function metricLabel(name: MetricName): string {
  const spaced = name
    .replace(/(?:Ms|Wpm)$/u, "")
    .replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
