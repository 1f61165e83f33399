import { useDirectory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { useFocusOnMount } from "../../ui/fields/use-focus-on-mount.ts";
import { dayAndTime } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { DealSelect, LeadSelect } from "../record-fields/index.ts";
import { priorityLabels } from "./priority-mark.tsx";
import { describeRule } from "./recurrence.ts";
import { aboutLead } from "./task-fields.ts";
import { useTaskDraft } from "./task-drafts.ts";
import { parseTaskLine, type TaskLine } from "./task-line.ts";
import type { TaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

/**
 * A new task as one line: what it understands is shown under it while one types. Enter adds and waits for the next. Give
 * it the lead or deal as its key.
 */
export function TaskComposer({
  actions,
  lead = null,
  deal = null,
  onClose,
}: {
  actions: TaskActions;
  /** The lead that it is about, where it is opened from one. */
  lead?: { id: string; name: string } | null;
  /** The deal that it is for, where it is opened from one: then nothing else is asked. */
  deal?: { id: string; leadId: string | null } | null;
  onClose: () => void;
}) {
  const [draft, change] = useTaskDraft(deal?.id ?? lead?.id ?? null, {
    text: "",
    leadId: deal?.leadId ?? lead?.id ?? null,
    dealId: deal?.id ?? null,
    assigneeId: null,
  });
  const { text, leadId, dealId, assigneeId } = draft;
  const input = useFocusOnMount<HTMLInputElement>();
  const now = useNow();
  const line = parseTaskLine(text, now);
  const add = async () => {
    if (line.title === "") return;
    change({ ...draft, text: "" });
    await actions.add(line, { leadId, dealId, assigneeId });
  };
  return (
    <form
      className={classNames(styles["composer"], deal && styles["composer-narrow"])}
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
          onChange={(event) => change({ ...draft, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onClose();
          }}
        />
      </div>
      <div className={styles["composer-foot"]}>
        <Reading line={line} now={now} />
        {!deal && (
          <About
            value={{ leadId, dealId }}
            leadName={lead?.name ?? null}
            onChange={(about) => change({ ...draft, ...about })}
          />
        )}
        <AssigneeSelect value={assigneeId} onChange={(next) => change({ ...draft, assigneeId: next })} />
        <Button type="submit" kind="primary" keys="enter" disabled={line.title === ""}>
          Add
        </Button>
      </div>
    </form>
  );
}

type AboutWhat = { leadId: string | null; dealId: string | null };

function About({
  value,
  leadName,
  onChange,
}: {
  value: AboutWhat;
  leadName: string | null;
  onChange: (value: AboutWhat) => void;
}) {
  return (
    <>
      <LeadSelect
        hideLabel
        compact
        placeholder="About nobody"
        value={value.leadId}
        chosenName={leadName}
        onChange={(leadId) => onChange(aboutLead(value, leadId))}
      />
      <div className={styles["composer-deal"]}>
        <DealSelect
          hideLabel
          compact
          leadId={value.leadId}
          value={value.dealId}
          chosenName={null}
          onChange={(dealId) => onChange({ ...value, dealId })}
        />
      </div>
    </>
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
