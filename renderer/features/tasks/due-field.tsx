import { useMemo } from "react";
import { ParsedField } from "../../ui/fields/parsed-field.tsx";
import { dueDate } from "../../ui/format/due.ts";
import { dayAndTime } from "../../ui/format/times.ts";
import { parseDue, type Due } from "./due-text.ts";

/** When something is due, as people say it: "tomorrow 10:30", "in 2 weeks". */
export function DueField({
  task,
  onChange,
}: {
  task: { dueAt: string | null; allDay: boolean };
  onChange: (due: Due | null) => void;
}) {
  const { dueAt, allDay } = task;
  const value = useMemo(() => (dueAt ? { at: dueDate({ dueAt, allDay }), allDay } : null), [dueAt, allDay]);
  return (
    <ParsedField<Due>
      label="Due"
      compact
      placeholder="tomorrow 10:30, fri, in 2 weeks"
      value={value}
      onChange={onChange}
      show={(due) => dayAndTime(due.at, new Date(), due.allDay)}
      parse={(typed) => parseDue(typed, new Date())}
      notUnderstood="Not a time: try tomorrow 10:30, fri or in 2 weeks"
    />
  );
}
