import type { Task } from "../../../shared/entities/task.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { byDue, dueIn, type Due } from "../../../shared/tasks/whole-day.ts";
import type { Reads, RecordsChanged } from "../replica.ts";

export type NextTask = Pick<Task, "id" | "title" | "dueAt" | "allDay">;

/** The open task of each lead that is due first, in memory: lists show, filter and sort by it. */
export type NextTasks = {
  ready: Promise<void>;
  of(leadId: string): NextTask | null;
  /** When it is due by the desk's clock. */
  dueOf(leadId: string): string | null;
  /** @returns the leads whose next task may be another one now */
  take(change: RecordsChanged): string[];
};

type OpenTask = NextTask & { leadId: string };

export function createNextTasks(reads: Reads, clock: LocalClock): NextTasks {
  const openByLead = new Map<string, OpenTask[]>();
  const touched = new Set<string>();
  const dueHere = createDueHere(clock);
  const compare = byDue(dueHere);

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
  function nextOf(leadId: string): OpenTask | null {
    let next: OpenTask | null = null;
    for (const task of openByLead.get(leadId) ?? []) if (!next || isBefore(task, next)) next = task;
    return next;
  }
  function isBefore(a: OpenTask, b: OpenTask): boolean {
    return (compare(a, b) || (a.id < b.id ? -1 : 1)) < 0;
  }
  async function load(): Promise<void> {
    for (const task of await readOpenTasks(reads)) if (!touched.has(task.id)) put(task);
  }

  return {
    ready: load(),
    of(leadId) {
      const next = nextOf(leadId);
      return next && { id: next.id, title: next.title, dueAt: next.dueAt, allDay: next.allDay };
    },
    dueOf(leadId) {
      const next = nextOf(leadId);
      return next && dueHere(next);
    },
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

/** Every lead is asked for it: what was worked out stays until the desk is in another zone. */
function createDueHere(clock: LocalClock): (task: Due) => string | null {
  let zone = clock.zone();
  let dueOf = dueIn(zone);
  return (task) => {
    if (clock.zone() !== zone) {
      zone = clock.zone();
      dueOf = dueIn(zone);
    }
    return dueOf(task);
  };
}
