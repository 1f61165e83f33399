import { TextInput } from "../../../ui/fields/text-input.tsx";
import { dayAndTime } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { parseTaskLine } from "../../tasks/index.ts";
import styles from "./wrap-up.module.css";

/** The task that an ending asks for: one line, with its time understood while it is typed. */
export function FollowUp({
  line,
  onChange,
  reason,
}: {
  line: string;
  onChange: (line: string) => void;
  reason: string;
}) {
  const now = useNow();
  const task = parseTaskLine(line, now);
  return (
    <section className={styles["section"]}>
      <h3>
        Follow-up task <span className={styles["aside"]}>needed for {reason}</span>
      </h3>
      <TextInput
        label="Follow-up task"
        hideLabel
        dir="auto"
        value={line}
        onChange={onChange}
        maxLength={500}
        hint={
          task.due ? dayAndTime(task.due.at, now, task.due.allDay) : "No date: add one, e.g. tomorrow 10:30"
        }
      />
    </section>
  );
}
