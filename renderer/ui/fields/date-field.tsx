import { DatePicker } from "@mantine/dates";
import { addDays, format } from "date-fns";
import { Calendar } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../controls/button.tsx";
import { Popover } from "../floating/popover.tsx";
import { parseDay, showDay, type DayText } from "./parse-day.ts";
import { ParsedField, type ParsedFieldProps } from "./parsed-field.tsx";
import styles from "./date-field.module.css";

export type DateFieldProps = Omit<ParsedFieldProps<DayText>, "show" | "parse" | "notUnderstood" | "end">;

/** A day, typed ("fri", "1 Mar 2027") or picked. The value is YYYY-MM-DD. */
export function DateField(props: DateFieldProps) {
  const [opened, setOpened] = useState(false);
  return (
    <ParsedField
      {...props}
      placeholder={props.placeholder ?? "A day"}
      show={showDay}
      parse={(typed) => parseDay(typed, new Date())}
      notUnderstood="Not a day: try fri, +10 or 1 Mar 2027"
      end={(pick) => (
        <Popover
          opened={opened}
          onChange={setOpened}
          position="bottom-end"
          target={
            <IconButton
              size="small"
              icon={Calendar}
              label="Pick a day"
              onClick={() => setOpened((was) => !was)}
            />
          }
        >
          <DayCalendar
            value={props.value}
            onPick={(day) => {
              setOpened(false);
              pick(day);
            }}
          />
        </Popover>
      )}
    />
  );
}

const calendarClasses = {
  calendarHeader: styles["header"] ?? "",
  calendarHeaderControl: styles["turn"] ?? "",
  calendarHeaderLevel: styles["level"] ?? "",
  month: styles["grid"] ?? "",
  monthsList: styles["grid"] ?? "",
  yearsList: styles["grid"] ?? "",
  weekday: styles["weekday"] ?? "",
  day: styles["day"] ?? "",
  monthsListControl: styles["cell"] ?? "",
  yearsListControl: styles["cell"] ?? "",
};

/** A month to pick a day from, with the days that are picked most. */
export function DayCalendar({ value, onPick }: { value: DayText | null; onPick: (day: DayText) => void }) {
  const [month, setMonth] = useMonthOf(value);
  const dayIn = (days: number) => format(addDays(new Date(), days), "yyyy-MM-dd");
  return (
    <div className={styles["calendar"]}>
      <DatePicker
        value={value}
        onChange={(day) => day && onPick(day)}
        date={month}
        onDateChange={setMonth}
        highlightToday
        classNames={calendarClasses}
      />
      <div className={styles["presets"]}>
        <Button size="small" kind="quiet" onClick={() => onPick(dayIn(0))}>
          Today
        </Button>
        <Button size="small" kind="quiet" onClick={() => onPick(dayIn(1))}>
          Tomorrow
        </Button>
        <Button size="small" kind="quiet" onClick={() => onPick(dayIn(7))}>
          In a week
        </Button>
      </div>
    </div>
  );
}

/** The month that is shown: that of the day, also where one that was typed comes when the calendar is open already. */
function useMonthOf(value: DayText | null): [DayText, (month: DayText) => void] {
  const [month, setMonth] = useState(() => value ?? format(new Date(), "yyyy-MM-dd"));
  const [followed, setFollowed] = useState(value);
  if (followed !== value) {
    setFollowed(value);
    if (value !== null) setMonth(value);
  }
  return [month, setMonth];
}
