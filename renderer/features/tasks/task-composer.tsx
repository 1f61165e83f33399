import { useState } from "react";
import { useDirectory } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { useFocusOnMount } from "../../ui/fields/use-focus-on-mount.ts";
import { dayAndTime } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { LeadSelect } from "../record-fields/index.ts";
import { priorityLabels } from "./priority-mark.tsx";
import { describeRule } from "./recurrence.ts";
import { parseTaskLine, type TaskLine } from "./task-line.ts";
import type { TaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

/** A new task as one line: what it understands is shown under it while one types. Enter adds and waits for the next. */
export function TaskComposer({
  actions,
  lead = null,
  onClose,
}: {
  actions: TaskActions;
  /** The lead that it is about, where it is opened from one. */
  lead?: { id: string; name: string } | null;
  onClose: () => void;
}) {
  const [text, setText] = useState("");
  const [leadId, setLeadId] = useState(lead?.id ?? null);
  const [assigneeId, setAssigneeId] = useState<string | null>(null);
  const input = useFocusOnMount<HTMLInputElement>();
  const now = useNow();
  const line = parseTaskLine(text, now);
  const add = async () => {
    if (line.title === "") return;
    setText("");
    await actions.add(line, { leadId, assigneeId });
  };
  return (
    <form
      className={styles["composer"]}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div className={styles["composer-line"]}>
        <span className={styles["tick"]} aria-hidden />
        <input
          ref={input}
          dir="auto"
          aria-label="New task"
          aria-describedby="composer-reading"
          className={styles["card-title"]}
          placeholder="What is to be done, and when: Call Maria tomorrow 10:30"
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onClose();
          }}
        />
      </div>
      <div className={styles["composer-foot"]}>
        <Reading line={line} now={now} />
        <LeadSelect
          hideLabel
          compact
          placeholder="About nobody"
          value={leadId}
          chosenName={lead?.name ?? null}
          onChange={setLeadId}
        />
        <AssigneeSelect value={assigneeId} onChange={setAssigneeId} />
        <Button type="submit" kind="primary" keys="enter" disabled={line.title === ""}>
          Add
        </Button>
      </div>
    </form>
  );
}

/** "Thu 19 10:30 · High · Every Monday": what the line means beyond its title. */
function Reading({ line, now }: { line: TaskLine; now: Date }) {
  const parts = [
    line.due ? dayAndTime(line.due.at, now, line.due.allDay) : "No date",
    line.priority === "normal" ? "" : `${priorityLabels[line.priority]} priority`,
    line.recurrence === "" ? "" : describeRule(line.recurrence),
  ];
  return (
    <span id="composer-reading" className={styles["reading"]} role="status">
      {parts.filter(Boolean).join(" · ")}
    </span>
  );
}

function AssigneeSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (userId: string | null) => void;
}) {
  const { people } = useDirectory();
  const choices = people
    .filter(({ active }) => active)
    .map(({ userId, name }) => ({ value: userId as string, label: name }));
  return (
    <Select
      label="Assignee"
      hideLabel
      compact
      clearable
      placeholder="Me"
      choices={choices}
      value={value}
      onChange={onChange}
    />
  );
}
