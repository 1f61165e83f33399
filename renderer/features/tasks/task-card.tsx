import { Trash2 } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { TaskPriority } from "../../../shared/entities/task.ts";
import type { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { useDirectory } from "../../client/index.ts";
import { Button, IconButton } from "../../ui/controls/button.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { TextArea } from "../../ui/fields/text-input.tsx";
import { useDraft } from "../../ui/fields/use-draft.ts";
import { useFocusOnMount } from "../../ui/fields/use-focus-on-mount.ts";
import { DealSelect, LeadSelect } from "../record-fields/index.ts";
import { DueField } from "./due-field.tsx";
import { PriorityMark, priorityLabels } from "./priority-mark.tsx";
import { RepeatField } from "./repeat-field.tsx";
import { aboutLead, movedFields, remindAtOf, remindChoices, remindMinutesOf } from "./task-fields.ts";
import { TaskTick } from "./task-tick.tsx";
import type { TaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

/**
 * A task opened where it stands: every field is saved when the caret leaves it or the card goes. Escape or the list's
 * click closes.
 */
export function TaskCard({
  task,
  id,
  actions,
  onClose,
}: {
  task: TaskRow;
  id: string;
  actions: TaskActions;
  onClose: () => void;
}) {
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <div
      role="row"
      id={id}
      tabIndex={-1}
      className={styles["card"]}
      aria-label={task.title}
      onKeyDown={leave}
    >
      <div role="gridcell">
        <div className={styles["card-head"]}>
          <TaskTick task={task} done={task.doneAt !== null} actions={actions} />
          <TitleField task={task} actions={actions} onDone={onClose} />
        </div>
        <div className={styles["card-body"]}>
          <NotesField task={task} actions={actions} />
          <TaskFields task={task} actions={actions} />
          <div className={styles["card-foot"]}>
            <IconButton
              icon={Trash2}
              label="Delete"
              onClick={() => {
                actions.remove(task);
                onClose();
              }}
            />
            <Button size="small" keys="escape" onClick={onClose}>
              Close
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}

function TitleField({ task, actions, onDone }: { task: TaskRow; actions: TaskActions; onDone: () => void }) {
  const field = useCardField(task, "title", actions, (typed) => typed.trim() || null);
  const input = useFocusOnMount<HTMLInputElement>();
  return (
    <input
      ref={input}
      dir="auto"
      aria-label="Title"
      className={styles["card-title"]}
      value={field.value}
      maxLength={500}
      onChange={(event) => field.onChange(event.target.value)}
      onBlur={field.save}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        field.save();
        onDone();
      }}
    />
  );
}

function NotesField({ task, actions }: { task: TaskRow; actions: TaskActions }) {
  const field = useCardField(task, "notes", actions, (typed) => typed);
  return (
    <TextArea
      label="Notes"
      hideLabel
      dir="auto"
      placeholder="Notes"
      rows={2}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.save}
    />
  );
}

/** @param read null: nothing to save, the field shows again what stood there */
function useCardField(
  task: TaskRow,
  name: "title" | "notes",
  actions: TaskActions,
  read: (typed: string) => string | null,
) {
  const keep = ({ typed, seen }: { typed: string; seen: string }) => {
    const value = read(typed);
    if (value !== null && value !== seen) actions.set(task, { [name]: value }, { seen: { [name]: seen } });
  };
  const [draft, setDraft] = useDraft(keep);
  return {
    value: draft?.typed ?? task[name],
    onChange: (typed: string) => setDraft({ typed, seen: draft?.seen ?? task[name] }),
    save() {
      if (draft === null) return;
      setDraft(null);
      keep(draft);
    },
  };
}

function TaskFields({ task, actions }: { task: TaskRow; actions: TaskActions }) {
  const directory = useDirectory();
  const people = directory.people
    .filter(({ active, userId }) => active || userId === task.assigneeId)
    .map(({ userId, name }) => ({ value: userId as string, label: name }));
  return (
    <div className={styles["fields"]}>
      <DueField task={task} onChange={(due) => actions.set(task, movedFields(task, due))} />
      <Select
        label="Reminder"
        compact
        clearable
        placeholder="None"
        disabled={task.dueAt === null}
        choices={reminderChoices(task)}
        value={reminderValue(task)}
        onChange={(minutes) =>
          actions.set(task, { remindAt: remindAtOf(task, minutes === null ? null : Number(minutes)) })
        }
      />
      <RepeatField rule={task.recurrence} onChange={(recurrence) => actions.set(task, { recurrence })} />
      <Select
        label="Priority"
        compact
        choices={priorityChoices}
        value={task.priority}
        onChange={(priority) => priority && actions.set(task, { priority })}
      />
      <Select
        label="Assignee"
        compact
        choices={people}
        value={task.assigneeId}
        onChange={(assigneeId) => actions.set(task, { assigneeId })}
      />
      <LeadSelect
        compact
        value={task.leadId}
        chosenName={task.leadName}
        onChange={(leadId) => actions.set(task, aboutLead(task, leadId))}
      />
      <DealSelect
        compact
        leadId={task.leadId}
        value={task.dealId}
        chosenName={task.dealName}
        onChange={(dealId) => actions.set(task, { dealId })}
      />
    </div>
  );
}

const priorityChoices = (Object.entries(priorityLabels) as [TaskPriority, string][]).map(
  ([value, label]) => ({
    value: value as string,
    label,
    mark: <PriorityMark priority={value} />,
  }),
);

function reminderValue(task: TaskRow): string | null {
  const minutes = remindMinutesOf(task);
  return minutes === null ? null : String(minutes);
}

/** The offered ones, and the one that is set where it is none of them. */
function reminderChoices(task: TaskRow): { value: string; label: string }[] {
  const choices = remindChoices(task.allDay);
  const set = reminderValue(task);
  if (set === null || choices.some(({ value }) => value === set)) return choices;
  return [...choices, { value: set, label: `${set} min before` }];
}
