import { X } from "lucide-react";
import { useRef, useState } from "react";
import { Button, IconButton } from "../../../renderer/ui/controls/button.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { isNotUnderstood } from "../../../renderer/ui/fields/not-understood.ts";
import { showDay } from "../../../renderer/ui/fields/parse-day.ts";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import type { Business, SaveBusinessList } from "./business-page.tsx";
import styles from "./business.module.css";

type Holidays = Business["holidays"];

const byDay = (a: Holidays[number], b: Holidays[number]) => a.on.localeCompare(b.on);

/** By day, the next ones first to read. */
export function HolidayList({ holidays, save }: { holidays: Holidays; save: SaveBusinessList }) {
  const put = (change: (holidays: Holidays) => Holidays, said: string) =>
    save(
      "holidays",
      (all) => change(all).toSorted(byDay),
      ({ on, name }) => `${on} ${name}`,
      said,
    );
  return (
    <>
      <ul>
        {holidays.toSorted(byDay).map((holiday) => (
          <li key={`${holiday.on} ${holiday.name}`} className={styles["holiday"]}>
            <time dateTime={holiday.on}>{showDay(holiday.on)}</time>
            <span className="cut">{holiday.name}</span>
            <IconButton
              size="small"
              icon={X}
              label={`Remove ${holiday.name}, ${showDay(holiday.on)}`}
              onClick={() =>
                put(
                  (all) => all.filter(({ on, name }) => on !== holiday.on || name !== holiday.name),
                  `${showDay(holiday.on)} is a working day again.`,
                )
              }
            />
          </li>
        ))}
      </ul>
      <NewHoliday
        taken={holidays.map(({ on }) => on)}
        onAdd={(holiday) => put((all) => [...all, holiday], `Closed on ${showDay(holiday.on)}.`)}
      />
    </>
  );
}

function NewHoliday({
  taken,
  onAdd,
}: {
  taken: readonly string[];
  onAdd: (holiday: Holidays[number]) => void;
}) {
  const fields = useRef<HTMLDivElement>(null);
  const [on, setOn] = useState<string | null>(null);
  const [name, setName] = useState("");
  const isTaken = on !== null && taken.includes(on);
  const add = () => {
    if (on === null || isTaken || isNotUnderstood(fields.current)) return;
    onAdd({ on, name: name.trim() });
    setOn(null);
    setName("");
  };
  return (
    <div ref={fields} className={styles["new-holiday"]}>
      <DateField
        label="Day of the holiday"
        hideLabel
        compact
        placeholder="24 Dec"
        value={on}
        onChange={setOn}
        error={isTaken ? "Closed already." : null}
      />
      <TextInput
        label="Name of the holiday"
        hideLabel
        compact
        placeholder="Name"
        value={name}
        onChange={setName}
      />
      <Button disabled={on === null || isTaken} onClick={add}>
        Add
      </Button>
    </div>
  );
}
