import type { Task } from "../../../shared/entities/task.ts";
import type { Reads, RecordsChanged } from "../replica.ts";

export type NextTask = Pick<Task, "id" | "title" | "dueAt" | "allDay">;

/** The open task of each lead that is due first, in memory: lists show, filter and sort by it. */
export type NextTasks = {
  ready: Promise<void>;
  of(leadId: string): NextTask | null;
  /** @returns the leads whose next task may be another one now */
  take(change: RecordsChanged): string[];
};

type OpenTask = NextTask & { leadId: string };

export function createNextTasks(reads: Reads): NextTasks {
  const openByLead = new Map<string, OpenTask[]>();
  const touched = new Set<string>();

  function put(task: OpenTask): void {
    const others = openByLead.get(task.leadId);
    if (others) others.push(task);
    else openByLead.set(task.leadId, [task]);
  }
  function remove(leadId: string, id: string): void {
    const left = (openByLead.get(leadId) ?? []).filter((task) => task.id !== id);
    if (left.length > 0) openByLead.set(leadId, left);
    else openByLead.delete(leadId);
  }
  async function load(): Promise<void> {
    for (const task of await readOpenTasks(reads)) if (!touched.has(task.id)) put(task);
  }

  return {
    ready: load(),
    of: (leadId) => first(openByLead.get(leadId)),
    take({ records }) {
      const leads = new Set<string>();
      for (const { id, before, after } of records as {
        id: string;
        before: Task | null;
        after: Task | null;
      }[]) {
        touched.add(id);
        if (before?.leadId) leads.add(before.leadId);
        if (before?.leadId) remove(before.leadId, id);
        if (!after?.leadId) continue;
        leads.add(after.leadId);
        remove(after.leadId, id);
        if (after.doneAt === null) put(openTaskOf(after, after.leadId));
      }
      return [...leads];
    },
  };
}

async function readOpenTasks(reads: Reads): Promise<OpenTask[]> {
  const [row] = await reads.sql<{ tasks: [Task["id"], string, string, Task["dueAt"], boolean][] | null }>(
    `select json_agg(json_build_array(id, doc->>'leadId', doc->>'title', doc->>'dueAt', doc->'allDay')) as tasks
     from ${reads.table("tasks")} where not deleted and doc->>'doneAt' is null and doc->>'leadId' is not null`,
  );
  return (row?.tasks ?? []).map(([id, leadId, title, dueAt, allDay]) => ({
    id,
    leadId,
    title,
    dueAt,
    allDay,
  }));
}

function openTaskOf({ id, title, dueAt, allDay }: Task, leadId: string): OpenTask {
  return { id, title, dueAt, allDay, leadId };
}

/** Undated tasks come after dated ones. */
function first(tasks: readonly OpenTask[] | undefined): NextTask | null {
  let next: OpenTask | null = null;
  for (const task of tasks ?? []) if (!next || isBefore(task, next)) next = task;
  return next && { id: next.id, title: next.title, dueAt: next.dueAt, allDay: next.allDay };
}

function isBefore(a: OpenTask, b: OpenTask): boolean {
  const left = a.dueAt ?? "9999";
  const right = b.dueAt ?? "9999";
  return left === right ? a.id < b.id : left < right;
}
