import { overlayReport } from "../../shared/calls/call-record.ts";
import type { PGlite } from "@electric-sql/pglite";
import { randomUUID } from "node:crypto";
import {
  collectionNames,
  type AnyRecord,
  type CollectionName,
  type RecordOf,
} from "../../shared/entities/collections.ts";
import type { FieldValue } from "../../shared/entities/fields.ts";
import type { Person } from "../../shared/entities/setting.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import { readField, sameValue, writeField, type Doc } from "../../shared/sync/fields.ts";
import type { Draft, Edits, RecordsChanged, Replica } from "../../main/replica/replica.ts";
import { openTestPGlite } from "./open-test-pglite.ts";

export type FakeReplica = Replica & {
  /** Writes records as a sync would have before the desk was opened: nobody is told. */
  seed(collection: CollectionName, records: readonly AnyRecord[]): Promise<void>;
  /** Records as they arrive from the server; null = gone. */
  receive(
    collection: CollectionName,
    changes: readonly { id: string; record: AnyRecord | null }[],
  ): Promise<void>;
  /** Counts statements, to show that an answer needed none. */
  statements(): number;
  close(): Promise<void>;
};

/** A closed replica leaves its database to the next of its process: opening one is most of what a small test would take. */
const spare: PGlite[] = [];

type Undo = { label: string; drafts: Draft[] };

/** A replica without journal, sync and RxDB: the same tables in a PGlite, edits laid over at once. */
export async function createFakeReplica(
  me: Partial<Replica["me"]> = {},
  now: () => string = () => new Date().toISOString(),
): Promise<FakeReplica> {
  const db = spare.pop() ?? (await openDatabase());
  const listeners = new Set<(change: RecordsChanged) => void>();
  const undos = new Map<string, Undo>();
  const waiting = new Map<string, Set<string>>();
  let statementCount = 0;

  async function sql<R extends Record<string, unknown>>(text: string, parameters: readonly unknown[] = []) {
    statementCount += 1;
    return (await db.query<R>(text, [...parameters])).rows;
  }
  async function read(collection: CollectionName, ids: readonly string[]) {
    const rows = await db.query<{ id: string; deleted: boolean; doc: Doc }>(
      `select id, deleted, doc || jsonb_build_object('id', id) as doc from "${collection}" where id = any($1::text[])`,
      [ids],
    );
    return new Map(rows.rows.map((row) => [row.id, row]));
  }
  async function write(collection: CollectionName, rows: { id: string; deleted: boolean; doc: unknown }[]) {
    await db.query(
      `insert into "${collection}" (id, deleted, doc)
       select x->>'id', (x->>'deleted')::bool, (x->'doc') - 'id'::text from jsonb_array_elements($1::jsonb) x
       on conflict (id) do update set deleted = excluded.deleted, doc = excluded.doc`,
      [JSON.stringify(rows)],
    );
  }
  function tell(change: RecordsChanged): void {
    if (change.records.length > 0) for (const listener of listeners) listener(change);
  }

  async function applyChunk(drafts: readonly Draft[], back: Draft[]): Promise<number> {
    let count = 0;
    for (const collection of new Set(drafts.map((draft) => draft.collection))) {
      const own = drafts.filter((draft) => draft.collection === collection);
      const held = await read(
        collection,
        own.map(({ id }) => id),
      );
      const states = new Map([...held].map(([id, row]) => [id, { ...row }]));
      for (const draft of own) if (applyDraft(draft, states, back, waiting, now())) count += 1;
      const changed = [...states.values()].filter((row) => !sameValue(held.get(row.id), row));
      await write(collection, changed);
      tell({ collection, records: changed.map((row) => changeOf(held.get(row.id), row)) });
    }
    return count;
  }

  async function apply(
    drafts: readonly Draft[],
    label: string,
    options?: Parameters<Edits["apply"]>[2],
  ): Promise<Result<{ undoId: string; count: number }, RpcError>> {
    const back: Draft[] = [];
    let count = 0;
    for (let start = 0; start < drafts.length; start += 1000) {
      if (options?.signal?.aborted) break;
      count += await applyChunk(drafts.slice(start, start + 1000), back);
      options?.onProgress?.(Math.min(start + 1000, drafts.length));
    }
    const undoId = randomUUID();
    undos.set(undoId, { label, drafts: back.toReversed() });
    return ok({ undoId, count });
  }

  return {
    me: { userId: "ana" as Person["userId"], name: "Ana Ruiz", role: "agent", teamIds: [], ...me },
    reads: {
      sql,
      table: (collection) => `"${collection}"`,
      async get<C extends CollectionName>(collection: C, id: string) {
        const row = (await read(collection, [id])).get(id);
        return row && !row.deleted ? (row.doc as unknown as RecordOf<C>) : null;
      },
      async getAll<C extends CollectionName>(collection: C, ids: readonly string[]) {
        const rows = [...(await read(collection, ids))].filter(([, { deleted }]) => !deleted);
        return new Map(rows.map(([id, { doc }]) => [id, doc as unknown as RecordOf<C>]));
      },
      // A desk that is opened for the first time.
      standing: { get: () => null, version: () => 0, put() {} },
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    edits: {
      apply,
      async undo(undoId) {
        const undo = undos.get(undoId);
        if (!undo) return err({ code: "not-found", message: "There is nothing to undo." });
        undos.delete(undoId);
        const undone = await apply(undo.drafts, undo.label);
        return undone.ok ? ok({ count: undone.value.count, label: undo.label }) : undone;
      },
      async undoable(undoId) {
        const undo = undos.get(undoId);
        return undo ? { label: undo.label, steps: undo.drafts.length } : null;
      },
      waitingFields: (collection, id) => [...(waiting.get(`${collection}/${id}`) ?? [])],
    },
    async seed(collection, records) {
      for (let start = 0; start < records.length; start += 1000) {
        const part = records.slice(start, start + 1000);
        await write(
          collection,
          part.map((doc) => ({ id: doc.id, deleted: false, doc })),
        );
      }
    },
    async receive(collection, changes) {
      const held = await read(
        collection,
        changes.map(({ id }) => id),
      );
      const rows = changes.map(({ id, record }) => ({
        id,
        deleted: record === null,
        doc: (record ?? held.get(id)?.doc ?? { id }) as unknown as Doc,
      }));
      await write(collection, rows);
      tell({ collection, records: rows.map((row) => changeOf(held.get(row.id), row)) });
    },
    statements: () => statementCount,
    async close() {
      listeners.clear();
      await db.exec(`truncate ${collectionNames.map((name) => `"${name}"`).join(", ")}`);
      spare.push(db);
    },
  };
}

async function openDatabase(): Promise<PGlite> {
  const db = await openTestPGlite();
  const indexes: [CollectionName, string][] = [
    ["tasks", "leadId"],
    ["deals", "leadId"],
    ["calls", "leadId"],
    ["calls", "startedAt"],
    ["activities", "leadId"],
    ["messages", "leadId"],
    ["appointments", "leadId"],
  ];
  const tables = collectionNames.map(
    (name) => `create table "${name}" (id text primary key, deleted bool not null, doc jsonb not null);`,
  );
  const keys = indexes.map(([name, field]) => `create index on "${name}" ((doc->>'${field}'));`);
  await db.exec([...tables, ...keys].join("\n"));
  return db;
}

type Row = { id: string; deleted: boolean; doc: Doc };

/** @returns whether the draft changed anything; what takes it back is added to `back` */
function applyDraft(
  draft: Draft,
  states: Map<string, Row>,
  back: Draft[],
  waiting: Map<string, Set<string>>,
  at: string,
): boolean {
  const row = states.get(draft.id);
  const { collection, id } = draft;
  const mark = (fields: string[]) => {
    const key = `${collection}/${id}`;
    waiting.set(key, new Set([...(waiting.get(key) ?? []), ...fields]));
  };
  if (draft.kind === "create") {
    if (row && !row.deleted)
      return applyDraft({ kind: "update", collection, id, set: draft.fields }, states, back, waiting, at);
    const doc = { ...draft.fields, id, rev: 0, createdAt: at, updatedAt: at, kept: [] } as unknown as Doc;
    states.set(id, { id, deleted: false, doc });
    back.push({ kind: "delete", collection, id });
    mark(Object.keys(draft.fields));
    return true;
  }
  if (draft.kind === "report") {
    const doc = { id, rev: 0, createdAt: at, updatedAt: at, kept: [], ...row?.doc };
    const said = overlayReport(row?.doc ?? null, draft.events);
    states.set(id, { id, deleted: row?.deleted ?? false, doc: { ...doc, ...said } as unknown as Doc });
    mark(["line"]);
    return true;
  }
  // Without a server nothing leaves it for another team.
  if (!row || draft.kind === "take-back") return false;
  if (draft.kind === "delete" || draft.kind === "restore") {
    const deleted = draft.kind === "delete";
    if (row.deleted === deleted) return false;
    states.set(id, { ...row, deleted });
    back.push({ kind: deleted ? "restore" : "delete", collection, id });
    return true;
  }
  if (draft.kind === "settle") {
    const kept = row.doc.kept.map((value) =>
      value.id === draft.keptId ? { ...value, settledAt: at } : value,
    );
    states.set(id, { ...row, doc: { ...row.doc, kept: kept as Doc["kept"] } });
    return true;
  }
  return applyUpdate(draft, row, states, back, mark, at);
}

function applyUpdate(
  { collection, id, set }: Extract<Draft, { kind: "update" }>,
  row: Row,
  states: Map<string, Row>,
  back: Draft[],
  mark: (fields: string[]) => void,
  at: string,
): boolean {
  const before: Record<string, FieldValue> = {};
  let doc = row.doc;
  for (const [field, value] of Object.entries(set)) {
    const stands = readField(doc, field);
    if (sameValue(stands, value)) continue;
    before[field] = stands;
    doc = writeField(doc, field, value);
  }
  if (Object.keys(before).length === 0) return false;
  states.set(id, { ...row, doc: { ...doc, updatedAt: at as Doc["updatedAt"] } });
  back.push({ kind: "update", collection, id, set: before });
  mark(Object.keys(before));
  return true;
}

function changeOf(before: Row | undefined, after: Row): RecordsChanged["records"][number] {
  const seen = (row: Row | undefined) => (row && !row.deleted ? (row.doc as unknown as AnyRecord) : null);
  return { id: after.id, before: seen(before), after: seen(after) };
}
