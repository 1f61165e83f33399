import { z } from "zod";
import { Instant } from "../entities/fields.ts";
import { RecordId, UserId } from "../entities/id.ts";

// What the console asks about recordings that are brought in together (docs/import-recordings.md).

export const recordingImportsPath = "/api/v1/recording-imports";
/** POST an archive as this; its name goes along as a query. */
export const archiveType = "application/zip";
export const mostArchiveBytes = 8e9;

export const ImportState = z.enum(["looking", "ready", "taking", "done", "undoing", "undone"]);
export type ImportState = z.infer<typeof ImportState>;

/**
 * What becomes of a recording: before the import begins `ready`, `unnamed` (it does not say whose call it was), `known`
 * (it is here already) or `refused`; afterwards `taken`, `known` or `refused`.
 */
export const verdicts = ["ready", "unnamed", "known", "refused", "taken"] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

const count = z.int().min(0);
export const RecordingImport = z.strictObject({
  id: z.string(),
  /** The archive, or the folder that a command was given. */
  source: z.string(),
  state: ImportState,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  /** Recordings in it; null = by a command, which does not say. */
  total: count.nullable(),
  /** Recordings by what becomes of them, so far. */
  counts: z.record(Verdict, count),
  /** Calls that it brought and that are still here. */
  calls: count,
  /** Who held the calls that name nobody; null = nobody was named. */
  agentId: UserId.nullable(),
  /** Reports that a model is asked to put into words together with others, and those of them that it is done with. */
  words: z.strictObject({ asked: count, done: count }),
});
export type RecordingImport = z.infer<typeof RecordingImport>;

export const RecordingImports = z.strictObject({ imports: z.array(RecordingImport) });

/** Recordings of an import, as they stand in it. */
export const ImportedRecordings = z.strictObject({
  recordings: z.array(
    z.strictObject({
      place: count,
      name: z.string(),
      verdict: Verdict,
      /** Completes a sentence about the recording; empty = nothing is wrong with it. */
      why: z.string(),
      call: z
        .strictObject({
          id: RecordId,
          startedAt: Instant,
          durationMs: count,
          agentId: UserId.nullable(),
          leadName: z.string(),
        })
        .nullable(),
    }),
  ),
  /** Where the next page begins; null = there is none. */
  next: z.string().nullable(),
});
export type ImportedRecordings = z.infer<typeof ImportedRecordings>;
export const RecordingsQuery = z.strictObject({
  verdict: Verdict,
  limit: z.coerce.number().int().min(1).max(200).default(100),
  after: z.coerce.number().int().min(-1).default(-1),
});
export const StartImport = z.strictObject({ agentId: UserId.nullable() });
export const ArchiveName = z.strictObject({ name: z.string().trim().min(1).max(200) });
