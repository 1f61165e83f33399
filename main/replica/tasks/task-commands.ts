import { v5 } from "uuid";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Task } from "../../../shared/entities/task.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { finishTask, reopenTask, snoozeTask } from "../../../shared/rpc/contract/work.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { nextOccurrence } from "../../../shared/tasks/recurrence.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { dayOf } from "../../../shared/time/zone.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { Draft, Replica } from "../replica.ts";

type Contract = {
  finishTask: typeof finishTask;
  reopenTask: typeof reopenTask;
  snoozeTask: typeof snoozeTask;
};

export function createTaskCommands(
  { reads, edits }: Replica,
  settings: TenantSettings,
  clock: Clock,
): Handlers<Contract> {
  async function change(
    id: RecordId,
    label: string,
    draftsOf: (task: Task) => Draft[] | Promise<Draft[]>,
  ): Promise<Result<{ undoId: string; count: number }, RpcError>> {
    const task = await reads.get("tasks", id);
    if (!task)
      return err({ code: "not-found", message: "This task has been deleted, or is no longer yours." });
    return edits.apply(await draftsOf(task), `${label} “${task.title}”`);
  }

  return {
    async finishTask({ id }) {
      await settings.ready;
      const now = clock.now();
      let nextDueAt: string | null = null;
      const applied = await change(id, "Finished", async (task) => {
        const next = task.doneAt === null ? followerOf(task, now, settings.business().timeZone) : null;
        // Who reopened a task and finishes it again finds what has been made of the next one since.
        const made = next && (await reads.get("tasks", next.id));
        nextDueAt = made?.doneAt ? null : ((made ?? next)?.dueAt ?? null);
        return [set(id, { doneAt: iso(now), snoozedUntil: null }), ...(next && !made ? [create(next)] : [])];
      });
      return applied.ok ? ok({ ...applied.value, nextDueAt }) : applied;
    },
    reopenTask: ({ id }) => change(id, "Reopened", () => [set(id, { doneAt: null })]),
    // `remindAt` stays: how long before it is due people are reminded holds of later occurrences, too.
    snoozeTask: ({ id, until }) => change(id, "Snoozed", () => [set(id, { snoozedUntil: until })]),
  };
}

/** Ids of followers come from the task they follow: two devices that finish one task make one follower. */
const followers = "5f0f4a1e-0f0c-4d5c-9a53-2f6f0c1f7a10";

/** Whole days follow each other in UTC, in which they are kept; today is past at no hour of it. */
function followerOf(task: Task, nowMs: number, tenantZone: string): Task | null {
  const dueMs = task.dueAt === null ? nowMs : Date.parse(task.dueAt);
  const next = task.allDay
    ? nextOccurrence(task.recurrence, dueMs, Date.parse(dueOfDay(dayOf(nowMs, tenantZone))), "UTC")
    : nextOccurrence(task.recurrence, dueMs, nowMs, tenantZone);
  if (!next) return null;
  const remindBeforeMs = task.remindAt === null ? null : dueMs - Date.parse(task.remindAt);
  return {
    ...task,
    id: v5(task.id, followers) as RecordId,
    dueAt: iso(next.dueAtMs),
    remindAt: remindBeforeMs === null ? null : iso(next.dueAtMs - remindBeforeMs),
    recurrence: next.recurrence,
    recurrenceOf: task.id,
    doneAt: null,
    snoozedUntil: null,
    callId: null,
  };
}

function create({ id, rev: _rev, createdAt: _c, updatedAt: _u, kept: _kept, ...fields }: Task): Draft {
  return { kind: "create", collection: "tasks", id, fields };
}

function set(id: string, fields: Record<string, FieldValue>): Draft {
  return { kind: "update", collection: "tasks", id, set: fields };
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
