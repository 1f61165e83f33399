import { useState } from "react";
import { classNames } from "../../ui/class-names.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { Popover } from "../../ui/floating/popover.tsx";
import {
  describeRule,
  repeatOf,
  ruleOf,
  shortWeekday,
  weekdayName,
  weekdays,
  type Repeat,
} from "./recurrence.ts";
import styles from "./tasks.module.css";

const units = [
  { value: "day", label: "days" },
  { value: "week", label: "weeks" },
  { value: "month", label: "months" },
  { value: "year", label: "years" },
] as const;
const once: Repeat = { every: 1, unit: "week", weekdays: [] };

/** How a task repeats, with what that means in plain words. */
export function RepeatField({ rule, onChange }: { rule: string; onChange: (rule: string) => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <div className={styles["repeat"]}>
      <span className={styles["label"]}>Repeats</span>
      <Popover
        opened={opened}
        onChange={setOpened}
        target={
          <Button aria-expanded={opened} onClick={() => setOpened((was) => !was)}>
            <span className="cut">{describeRule(rule)}</span>
          </Button>
        }
      >
        <RepeatForm
          rule={rule}
          onChange={(next) => {
            onChange(next);
            if (next === "") setOpened(false);
          }}
        />
      </Popover>
    </div>
  );
}

function RepeatForm({ rule, onChange }: { rule: string; onChange: (rule: string) => void }) {
  const repeat = repeatOf(rule) ?? once;
  const change = (part: Partial<Repeat>) => onChange(ruleOf({ ...repeat, ...part }));
  return (
    <div className={styles["repeat-form"]}>
      <div className={styles["repeat-every"]}>
        <span>Every</span>
        <TextInput
          label="How many"
          hideLabel
          compact
          type="number"
          min={1}
          max={999}
          value={String(repeat.every)}
          onChange={(text) => change({ every: Math.min(999, Math.max(1, Math.trunc(Number(text)) || 1)) })}
        />
        <Select
          label="Unit"
          hideLabel
          compact
          choices={units}
          value={repeat.unit}
          onChange={(unit) => unit && change({ unit: unit as Repeat["unit"], weekdays: [] })}
        />
      </div>
      {repeat.unit === "week" && <WeekdayButtons repeat={repeat} onChange={change} />}
      <p className={styles["repeat-words"]} role="status">
        {describeRule(rule === "" ? ruleOf(repeat) : rule)}
      </p>
      <div className={styles["repeat-end"]}>
        {rule === "" && (
          <Button size="small" onClick={() => change({})}>
            Repeat like this
          </Button>
        )}
        {rule !== "" && (
          <Button size="small" kind="quiet" onClick={() => onChange("")}>
            Do not repeat
          </Button>
        )}
      </div>
    </div>
  );
}

function WeekdayButtons({ repeat, onChange }: { repeat: Repeat; onChange: (part: Partial<Repeat>) => void }) {
  return (
    <div className={styles["weekdays"]} role="group" aria-label="Days of the week">
      {weekdays.map((day) => {
        const on = repeat.weekdays.includes(day);
        const next = on ? repeat.weekdays.filter((other) => other !== day) : [...repeat.weekdays, day];
        return (
          <button
            key={day}
            type="button"
            aria-pressed={on}
            aria-label={weekdayName(day)}
            className={classNames(styles["weekday"], on && styles["on"])}
            onClick={() => onChange({ weekdays: next })}
          >
            {shortWeekday(day)}
          </button>
        );
      })}
    </div>
  );
}
