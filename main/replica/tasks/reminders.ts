import type { Task } from "../../../shared/entities/task.ts";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import type { taskDue } from "../../../shared/rpc/contract/work.ts";
import type { PayloadOf } from "../../../shared/rpc/define.ts";
import { recordSql } from "../live/read-records.ts";
import type { Replica } from "../replica.ts";

export type ReminderPorts = {
  clock: Clock;
  timers: Timers;
  /** Timers stand still while a machine sleeps. */
  onWake: (listener: () => void) => () => void;
  /** Tells windows, and asks the host for a desktop notification. */
  remind(due: PayloadOf<typeof taskDue>): void;
  /** Reminders that were shown, as `task id @ time`, kept over restarts. */
  shown: { load(): Promise<readonly string[]>; save(shown: readonly string[]): Promise<void> };
  /** What was shown could not be kept, or nothing be looked for; told once until it goes well again. */
  onTrouble(cause: unknown): void;
};

/** Timers of more than 24 days overflow; looking again every hour is as good. */
const longestWaitMs = 3_600_000;
/** After a look that failed: the folder may be locked, or the database be opened anew. */
const againMs = 60_000;
/** So many reminders are remembered as shown: the oldest belong to tasks long done. */
const mostRemembered = 2_000;

/**
 * Reminds of each task of mine once per reminder time, also of what came due while the desk was closed.
 * Moving or snoozing a reminder makes it a new one.
 */
export function startReminders(
  { reads, me }: Replica,
  { clock, timers, onWake, remind, shown, onTrouble }: ReminderPorts,
): { close(): void } {
  let known: Set<string> | null = null;
  let cancel: (() => void) | null = null;
  let looking = false;
  let again = false;
  let closed = false;
  let isTroubled = false;

  /** Never rejects: nobody waits for it. */
  async function look(): Promise<void> {
    if (looking) return void (again = true);
    looking = true;
    cancel?.();
    try {
      await remindOfDue((known ??= new Set(await shown.load())));
    } catch (cause) {
      tellTrouble(cause);
      wait(againMs);
    }
    looking = false;
    if (!again || closed) return;
    again = false;
    void look();
  }
  async function remindOfDue(shownBefore: Set<string>): Promise<void> {
    const tasks = await readReminders(reads, me.userId);
    const due = tasks.filter((task) => isDue(task, clock.now()) && !shownBefore.has(keyOf(task)));
    for (const task of due) shownBefore.add(keyOf(task));
    // Kept before it is shown: a crash between the two loses a reminder's second showing, never repeats it for ever.
    if (due.length > 0) await keep([...shownBefore].slice(-mostRemembered));
    for (const task of due) if (!closed) await announce(task);
    schedule(tasks);
  }
  /** On a disk that takes nothing people are reminded all the same, and once more after a restart. */
  async function keep(all: readonly string[]): Promise<void> {
    try {
      await shown.save(all);
      isTroubled = false;
    } catch (cause) {
      tellTrouble(cause);
    }
  }
  function tellTrouble(cause: unknown): void {
    if (!isTroubled && !closed) onTrouble(cause);
    isTroubled = true;
  }
  async function announce(task: Task): Promise<void> {
    const lead = task.leadId && (await reads.get("leads", task.leadId));
    const { title, dueAt, allDay } = task;
    remind({ id: task.id, title, leadName: lead ? lead.name : null, dueAt, allDay });
  }
  function schedule(tasks: readonly Task[]): void {
    const waits = tasks
      .filter((task) => !known?.has(keyOf(task)))
      .map((task) => Date.parse(remindsAt(task)) - clock.now());
    wait(Math.max(0, Math.min(longestWaitMs, ...waits)));
  }
  function wait(delayMs: number): void {
    if (!closed) cancel = timers.after(delayMs, () => void look());
  }

  const stops = [
    onWake(() => void look()),
    reads.onChange(({ collection }) => {
      if (collection === "tasks") void look();
    }),
  ];
  void look();
  return {
    close() {
      closed = true;
      for (const stop of stops) stop();
      cancel?.();
    },
  };
}

async function readReminders(reads: Replica["reads"], userId: string): Promise<Task[]> {
  const rows = await reads.sql<{ doc: Task }>(
    `select ${recordSql} as doc from ${reads.table("tasks")} where not deleted and doc->>'remindAt' is not null
     and doc->>'doneAt' is null and doc->>'assigneeId' = $1 order by doc->>'remindAt' limit 5000`,
    [userId],
  );
  return rows.map(({ doc }) => doc);
}

/** A task that is put off reminds of itself when it is back; one that reminds of nothing does not then either. */
function remindsAt({ remindAt, snoozedUntil }: Task): string {
  const at = remindAt ?? "";
  return snoozedUntil !== null && Date.parse(snoozedUntil) > Date.parse(at) ? snoozedUntil : at;
}

function isDue(task: Task, nowMs: number): boolean {
  return Date.parse(remindsAt(task)) <= nowMs;
}

function keyOf(task: Task): string {
  return `${task.id}@${remindsAt(task)}`;
}
