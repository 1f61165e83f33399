import type { Appointment } from "../../../shared/entities/activity.ts";
import type { Deal } from "../../../shared/entities/deal.ts";
import type { Task } from "../../../shared/entities/task.ts";
import type { leadProfile } from "../../../shared/rpc/contract/leads.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { byDue, dueIn } from "../../../shared/tasks/whole-day.ts";
import type { EditJournal } from "../edits/edit-journal.ts";
import { unsentOf } from "../edits/unsent-of.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Reads, RecordsChanged } from "../replica.ts";

type Profile = OutputOf<typeof leadProfile>;

/** A lead with what hangs on it that is to be done: open tasks, deals, the next appointment. */
export function createLeadProfile(
  reads: Reads,
  journal: EditJournal,
  clock: LocalClock,
): QueryHandler<typeof leadProfile> {
  return liveQuery<typeof leadProfile>(
    { reads },
    {
      dependsOn: ["leads", "tasks", "deals", "appointments"],
      affects: (change, { id }) => concernsLead(change, id),
      // What is sent, or refused, leaves the journal after its record has changed.
      alsoOn: (rerun, { id }) =>
        journal.onChange(({ records }) => {
          if (records.some((one) => one.collection === "leads" && one.id === id)) rerun();
        }),
      read: ({ id }) => readProfile(reads, journal, clock, id),
    },
  );
}

/** Whether a change touches the lead itself or something that hangs, or hung, on it. */
export function concernsLead({ collection, records }: RecordsChanged, leadId: string): boolean {
  if (collection === "leads") return records.some(({ id }) => id === leadId);
  return records.some(({ before, after }) => leadOf(before) === leadId || leadOf(after) === leadId);
}

function leadOf(record: unknown): unknown {
  return (record as { leadId?: unknown } | null)?.leadId;
}

async function readProfile(
  reads: Reads,
  journal: EditJournal,
  clock: LocalClock,
  id: ParsedInputOf<typeof leadProfile>["id"],
): Promise<Profile> {
  const now = new Date(clock.now()).toISOString();
  const lead = await reads.get("leads", id);
  const tasks = await readHanging<Task>(reads, "tasks", id, "doc->>'doneAt' is null");
  const deals = await readHanging<Deal>(reads, "deals", id, "true");
  const appointments = await readHanging<Appointment>(
    reads,
    "appointments",
    id,
    "doc->>'endAt' >= $2 and doc->>'status' = 'planned'",
    [now],
  );
  return {
    lead,
    unsent: unsentOf(journal, "leads", id),
    tasks: tasks.sort(byDue(dueIn(clock.zone()))),
    deals: deals.sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
    nextAppointment: appointments.sort((a, b) => a.startAt.localeCompare(b.startAt))[0] ?? null,
  };
}

async function readHanging<R>(
  reads: Reads,
  collection: CollectionName,
  leadId: string,
  condition: string,
  more: readonly unknown[] = [],
): Promise<R[]> {
  const rows = await reads.sql<{ doc: R }>(
    `select ${recordSql} as doc from ${reads.table(collection)}
     where not deleted and doc->>'leadId' = $1 and ${condition} limit 500`,
    [leadId, ...more],
  );
  return rows.map(({ doc }) => doc);
}
