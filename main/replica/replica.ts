import type { CallEvent } from "../../shared/calls/call-event.ts";
import type { AnyRecord, CollectionName, RecordOf } from "../../shared/entities/collections.ts";
import type { FieldValue } from "../../shared/entities/fields.ts";
import type { Person } from "../../shared/entities/setting.ts";
import type { Result } from "../../shared/result/result.ts";
import type { Undoable } from "../../shared/rpc/contract/records.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import type { Change } from "../../shared/sync/edit.ts";
import type { StandingAnswers } from "./database/standing-answers.ts";

/**
 * What one signed-in person's replica offers to queries and commands. Reads are SQL over the rows that RxDB
 * holds; every write is an edit and goes through `edits`, which journals it before anybody sees it.
 */
export type Replica = {
  readonly me: Pick<Person, "userId" | "name" | "role" | "teamIds">;
  readonly reads: Reads;
  readonly edits: Edits;
};

export type Reads = {
  /** Rows of a read-only statement; `$1` … are parameters. */
  sql<Row extends Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The quoted table of a collection: `id text, deleted bool, doc jsonb`. Only rows that are not `deleted` count. */
  table(collection: CollectionName): string;
  get<C extends CollectionName>(collection: C, id: string): Promise<RecordOf<C> | null>;
  /** Records by id, those that are deleted or unknown left out: a quarter of what a statement of one's own takes. */
  getAll<C extends CollectionName>(collection: C, ids: readonly string[]): Promise<Map<string, RecordOf<C>>>;
  /** What was worked out the last time this replica was open. */
  standing: StandingAnswers;
  /** Called after records changed, in batches, until the returned function is called. */
  onChange(listener: (change: RecordsChanged) => void): () => void;
};

export type RecordsChanged = {
  collection: CollectionName;
  /** New states; a record that was deleted or left our sight has `after` null. `before` is null when it is new. */
  records: { id: string; before: AnyRecord | null; after: AnyRecord | null }[];
};

/** What a person wants done, before it has an id and a time. */
export type Draft =
  | { kind: "create"; collection: CollectionName; id: string; fields: Record<string, FieldValue> }
  | {
      kind: "update";
      collection: CollectionName;
      id: string;
      set: Record<string, FieldValue>;
      /** What the person saw in a field when they began; unset = what stands in it now. */
      seen?: Record<string, FieldValue> | undefined;
    }
  /** Takes back a hand-over of a record that has left this device by it ([PUSH-10]). */
  | { kind: "take-back"; collection: CollectionName; id: string; changes: Record<string, Change> }
  | { kind: "delete"; collection: CollectionName; id: string }
  | { kind: "restore"; collection: CollectionName; id: string }
  | { kind: "settle"; collection: CollectionName; id: string; keptId: string }
  | { kind: "report"; collection: CollectionName; id: string; events: CallEvent[] };

export type Edits = {
  /**
   * Journals the drafts (one fsync), lays them over the replica and answers; sending comes later.
   * Drafts that change nothing are dropped. Any number of drafts: long lists go in chunks, reporting progress.
   * @param label what the undo toast says
   * @param options `keepUndo` false: the caller has a way of its own to take this back, and `undo` will know nothing.
   *   `leaveOut`: leaves out each draft that the server would refuse, and tells why; without it one such refuses all.
   *   `takesBack`: it takes back what this person did, and the server says whether they may ([PUSH-10])
   */
  apply(
    drafts: readonly Draft[],
    label: string,
    options?: {
      onProgress?: (done: number) => void;
      signal?: AbortSignal;
      keepUndo?: boolean;
      leaveOut?: (why: RpcError, draft: Draft) => void;
      takesBack?: boolean;
    },
  ): Promise<Result<Undoable, RpcError>>;
  /** @param options of `apply`; what was stopped is taken back to the end by the same id later */
  undo(
    undoId: string,
    options?: { onProgress?: (done: number) => void; signal?: AbortSignal },
  ): Promise<Result<{ count: number; label: string }, RpcError>>;
  /** What `undo` would take back; null = nothing any more. */
  undoable(undoId: string): Promise<{ label: string; steps: number } | null>;
  /** Fields of a record that the server has not taken yet. */
  waitingFields(collection: CollectionName, id: string): readonly string[];
};
