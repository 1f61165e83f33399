import { useMemo } from "react";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { preferences, session } from "../../../shared/rpc/contract/session.ts";
import { finishTask, reopenTask, snoozeTask, type TaskRow } from "../../../shared/rpc/contract/work.ts";
import { useCommand, useEdits, useLive } from "../../client/index.ts";
import { dueDate } from "../../ui/format/due.ts";
import { dayAndTime } from "../../ui/format/times.ts";
import { newTaskFields } from "./task-fields.ts";
import type { TaskLine } from "./task-line.ts";

type TaskId = TaskRow["id"];
type Named = { id: TaskId; title: string };

export type TaskActions = {
  add: (
    line: TaskLine,
    chosen: {
      leadId: string | null;
      dealId?: string | null;
      assigneeId: string | null;
      callId?: string | null;
    },
  ) => Promise<TaskId | null>;
  finish: (task: Named & { allDay?: boolean }) => void;
  reopen: (task: Named) => void;
  snooze: (task: Named, until: Date) => void;
  /** @param seen what the person saw in a field when they began to type; unset = what stands there now */
  set: (
    task: Named,
    set: Record<string, FieldValue>,
    more?: { label?: string; seen?: Record<string, FieldValue> },
  ) => void;
  remove: (task: Named) => void;
};

const defaultRemindMinutes = 10;

/** What can be done to tasks; each says what it did and can be taken back. */
export function useTaskActions(): TaskActions {
  const edits = useEdits();
  const finish = useCommand(finishTask);
  const reopen = useCommand(reopenTask);
  const snooze = useCommand(snoozeTask);
  const state = useLive(session, {}).value?.session;
  const remindMinutes = useLive(preferences, {}).value?.remindMinutes ?? defaultRemindMinutes;
  const me = state?.state === "signed-in" ? state.person : null;
  return useMemo(
    () => ({
      async add(line, { leadId, dealId = null, assigneeId, callId = null }) {
        if (!me) return null;
        const context = {
          leadId,
          dealId,
          callId,
          assigneeId: assigneeId ?? me.userId,
          remindMinutes,
        };
        const fields = newTaskFields(line, context);
        const added = await edits.create({ collection: "tasks", fields, label: `Added “${line.title}”` });
        return added.ok ? (added.value.id as TaskId) : null;
      },
      async finish({ id, title, allDay = false }) {
        const result = await finish({ id });
        const next = result.ok && result.value.nextDueAt;
        const after = next
          ? `; next one ${dayAndTime(dueDate({ dueAt: next, allDay }), new Date(), allDay)}`
          : "";
        edits.report(result, `Done: ${title}${after}`);
      },
      async reopen({ id, title }) {
        edits.report(await reopen({ id }), `Open again: ${title}`);
      },
      async snooze({ id, title }, until) {
        const result = await snooze({ id, until: until.toISOString() });
        edits.report(result, `Snoozed “${title}” until ${dayAndTime(until, new Date())}`);
      },
      set({ id, title }, set, { label = `Changed “${title}”`, seen } = {}) {
        void edits.edit([{ collection: "tasks", id, set, seen }], label);
      },
      remove({ id, title }) {
        void edits.remove("tasks", [id], `Deleted “${title}”`);
      },
    }),
    [edits, finish, reopen, snooze, me, remindMinutes],
  );
}
