import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { Business, SaveBusinessList } from "./business-page.tsx";
import { dayNames, parseClock, sayOvernight } from "./clock.ts";
import styles from "./business.module.css";

type Day = Business["hours"][number];

const usual = { opens: "09:00", closes: "17:00" };

export function HoursTable({ hours, save }: { hours: Business["hours"]; save: SaveBusinessList }) {
  const put = (index: number, day: Day, said: string) =>
    save(
      "hours",
      (week) => week.with(index, day),
      (_day, at) => String(at),
      said,
    );
  return (
    <ul>
      {dayNames.map((name, index) => (
        <li key={name} className={styles["day"]}>
          <DayHours name={name} day={hours[index] ?? null} onChange={(day, said) => put(index, day, said)} />
        </li>
      ))}
    </ul>
  );
}

function DayHours({
  name,
  day,
  onChange,
}: {
  name: string;
  day: Day;
  onChange: (day: Day, said: string) => void;
}) {
  const set = (next: NonNullable<Day>) =>
    onChange(next, `${name} is open from ${next.opens} to ${next.closes} now.`);
  const overnight = day && sayOvernight(day.opens, day.closes);
  return (
    <>
      <Checkbox
        checked={day !== null}
        onChange={(open) => (open ? set(usual) : onChange(null, `${name} is closed now.`))}
      >
        {name}
      </Checkbox>
      {day ? (
        <>
          <ClockField
            label={`${name} opens`}
            value={day.opens}
            onChange={(opens) => set({ ...day, opens })}
          />
          <span>to</span>
          <ClockField
            label={`${name} closes`}
            value={day.closes}
            onChange={(closes) => set({ ...day, closes })}
          />
          {overnight && <span className={styles["overnight"]}>{overnight}</span>}
        </>
      ) : (
        <span>Closed</span>
      )}
    </>
  );
}

function ClockField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (clock: string) => void;
}) {
  return (
    <ParsedField<string>
      label={label}
      hideLabel
      compact
      value={value}
      show={(clock) => clock}
      parse={parseClock}
      notUnderstood="Try 9:30"
      onChange={(clock) => clock !== null && onChange(clock)}
    />
  );
}
