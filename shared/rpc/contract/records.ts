import { z } from "zod";
import { Collection, FieldPath, Refusal } from "../../sync/edit.ts";
import { FieldValue } from "../../entities/fields.ts";
import { RecordId } from "../../entities/id.ts";
import { command, query } from "../define.ts";

/** What every edit answers: nothing asks "are you sure?", everything can be taken back. */
export const Undoable = z.object({ undoId: z.string(), count: z.int() });
export type Undoable = z.infer<typeof Undoable>;

/** What the toast says, e.g. "Moved Maria Kowalski to Tour". */
const label = z.string().max(200);
const ref = { collection: Collection, id: RecordId };

export const createRecord = command("records.create", {
  input: z.object({ ...ref, id: RecordId.optional(), fields: z.record(FieldPath, FieldValue), label }),
  output: Undoable.extend({ id: RecordId }),
});
/** Sets fields of one or many records: the only way to change anything that exists. */
export const editRecords = command("records.edit", {
  input: z.object({
    edits: z
      .array(
        z
          .object({
            ...ref,
            set: z.record(FieldPath, FieldValue),
            /** What the person saw in a field when they began to type; unset = what stands in it now. */
            seen: z.record(FieldPath, FieldValue).optional(),
          })
          .refine(({ set, seen = {} }) => Object.keys(seen).every((field) => field in set), {
            path: ["seen"],
            error: "names a field that is not set",
          }),
      )
      .min(1)
      .max(5_000),
    label,
  }),
  output: Undoable,
});
export const deleteRecords = command("records.delete", {
  input: z.object({ collection: Collection, ids: z.array(RecordId).min(1).max(5_000), label }),
  output: Undoable,
});
export const undo = command("records.undo", {
  input: z.object({ undoId: z.string().regex(/^[A-Za-z0-9_-]{0,64}$/u) }),
  output: z.object({ count: z.int(), label }),
});

/** `use`: the kept value becomes the record's; otherwise what stands is confirmed. Either way both stay in the history. */
export const settleKept = command("records.settleKept", {
  input: z.object({ ...ref, keptId: z.string().max(140), use: z.boolean() }),
  output: Undoable,
});

/** What is not yet, or will not be, on the server, by field: the desk marks it where it stands. */
export const Unsent = z.object({
  waiting: z.array(z.string()),
  refused: z.array(z.object({ editId: z.string(), field: z.string(), value: FieldValue, refusal: Refusal })),
});
export type Unsent = z.infer<typeof Unsent>;

export const record = query("records.get", {
  input: z.object(ref),
  /** `record` null: deleted, or out of sight. Its shape is the collection's entity. */
  output: z.object({ record: z.record(z.string(), z.unknown()).nullable(), unsent: Unsent }),
});

/** Long work: imports, exports, edits of thousands of records. */
export const Job = z.object({
  id: z.string(),
  kind: z.enum(["import", "import-undo", "export", "bulk-edit", "undo"]),
  label,
  state: z.enum(["running", "done", "failed", "cancelled"]),
  done: z.int(),
  total: z.int().nullable(),
  startedAt: z.string(),
  /** Estimate of what is left; null while nothing can be said. */
  leftMs: z.number().nullable(),
  message: z.string().nullable(),
  undoId: z.string().nullable(),
});
export type Job = z.infer<typeof Job>;
export const jobs = query("jobs", { input: z.object({}), output: z.object({ jobs: z.array(Job) }) });
export const cancelJob = command("jobs.cancel", {
  input: z.object({ id: z.string().max(64) }),
  output: z.object({}),
});

export const recordsContract = {
  createRecord,
  editRecords,
  deleteRecords,
  undo,
  settleKept,
  record,
  jobs,
  cancelJob,
};
