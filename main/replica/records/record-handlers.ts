import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { newRecordId, type RecordId } from "../../../shared/entities/id.ts";
import type { Setting } from "../../../shared/entities/setting.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { settings } from "../../../shared/rpc/contract/session.ts";
import type { recordsContract } from "../../../shared/rpc/contract/records.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { readField, type Doc } from "../../../shared/sync/fields.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { EditJournal } from "../edits/edit-journal.ts";
import { unsentOf } from "../edits/unsent-of.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { Draft, Replica } from "../replica.ts";
import { goWithOwner } from "./go-with-owner.ts";
import { fieldsOfNew } from "./new-record.ts";

type Contract = typeof recordsContract & { settings: typeof settings };
type Fields = Record<string, FieldValue>;

/** Commands on any record, and what explains them. */
export function createRecordHandlers(ports: {
  replica: Replica;
  journal: EditJournal;
  jobs: Jobs;
  clock: Clock;
}): Handlers<Contract> {
  const { replica, journal, jobs, clock } = ports;
  const { edits, reads } = replica;
  return {
    async createRecord({ collection, id = newRecordId(), fields, label }) {
      const whole = await fieldsOfNew(replica, collection, fields, new Date(clock.now()).toISOString());
      const draft: Draft = { kind: "create", collection, id, fields: whole };
      const made = await edits.apply([draft], label);
      return made.ok ? ok({ ...made.value, id: id as RecordId }) : made;
    },
    async editRecords({ edits: wanted, label }) {
      const drafts = wanted.map((edit) => ({ ...edit, kind: "update" as const }));
      return edits.apply(await goWithOwner(reads, drafts), label);
    },
    deleteRecords: ({ collection, ids, label }) =>
      edits.apply(
        ids.map((id) => ({ kind: "delete", collection, id })),
        label,
      ),
    async undo({ undoId }) {
      const what = await edits.undoable(undoId);
      return what && what.steps > longUndo ? undoAsJob(ports, undoId, what) : edits.undo(undoId);
    },
    async settleKept({ collection, id, keptId, use }) {
      const drafts = settleDrafts(
        (await reads.get(collection, id)) as Doc | null,
        collection,
        id,
        keptId,
        use,
      );
      return drafts.ok ? edits.apply(drafts.value, "Settled a conflict") : drafts;
    },
    record: liveQuery(
      { reads },
      {
        dependsOn: collectionNames,
        affects: ({ collection, records }, input) =>
          collection === input.collection && records.some(({ id }) => id === input.id),
        alsoOn: (rerun, input) =>
          journal.onChange(({ records }) => {
            if (records.some(({ collection, id }) => collection === input.collection && id === input.id))
              rerun();
          }),
        read: async ({ collection, id }) => ({
          record: (await reads.get(collection, id)) as unknown as Fields | null,
          unsent: unsentOf(journal, collection, id),
        }),
      },
    ),
    jobs(_input, emit) {
      const tell = () => emit({ jobs: jobs.list() });
      tell();
      return jobs.onChange(tell);
    },
    async cancelJob({ id }) {
      return jobs.cancel(id) ? ok({}) : err({ code: "not-found", message: "This is no longer running." });
    },
    settings: liveQuery({ reads }, { dependsOn: ["settings"], read: () => readSettings(replica) }),
  };
}

/** Steps that are taken back before anybody wonders. */
const longUndo = 500;

/** Thousands of records take a while: whoever waits sees how far it is, and may stop it. */
function undoAsJob(
  { replica, jobs }: { replica: Replica; jobs: Jobs },
  undoId: string,
  { label, steps }: { label: string; steps: number },
): ReturnType<Replica["edits"]["undo"]> {
  return new Promise((resolve, reject) => {
    jobs.start("undo", `Taking back: ${label}`.slice(0, 200), async (job) => {
      job.progress(0, steps);
      const onProgress = (done: number) => job.progress(done, steps);
      const undoing = replica.edits.undo(undoId, { signal: job.signal, onProgress });
      undoing.then(resolve, reject);
      const undone = await undoing;
      return undone.ok ? ok({ undoId: null, message: null }) : undone;
    });
  });
}

async function readSettings({ reads }: Replica): Promise<{ settings: Setting[] }> {
  const rows = await reads.sql<{ doc: Setting }>(
    `select ${recordSql} as doc from ${reads.table("settings")} where not deleted
     order by doc->>'kind', (doc->>'order')::float8, id`,
  );
  return { settings: rows.map(({ doc }) => doc) };
}

/** Choosing the value that lost makes it the record's; either way the choice is made. */
function settleDrafts(
  record: Doc | null,
  collection: CollectionName,
  id: string,
  keptId: string,
  use: boolean,
): Result<Draft[], RpcError> {
  const kept = record?.kept.find((value) => value.id === keptId);
  if (!record || !kept) return err({ code: "not-found", message: "This conflict is settled already." });
  const settle: Draft = { kind: "settle", collection, id, keptId };
  if (!use) return ok([settle]);
  if (kept.field === "deleted") return ok([settle, { kind: "delete", collection, id }]);
  if (readField(record, kept.field) === kept.value) return ok([settle]);
  return ok([{ kind: "update", collection, id, set: { [kept.field]: kept.value } }, settle]);
}
