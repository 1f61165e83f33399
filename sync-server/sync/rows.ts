import { sql } from "drizzle-orm";
import type { CollectionName } from "../../shared/entities/collections.ts";
import { collectionNames } from "../../shared/entities/collections.ts";
import type { Master, Touch } from "../../shared/sync/apply-edit.ts";
import { audienceOf, formerAudience, whoHadIt, type AudienceKey } from "../../shared/sync/audience.ts";
import type { Doc } from "../../shared/sync/fields.ts";
import { rowsOf, type Tx } from "../database/index.ts";

/** A row of a synced table while a transaction works on it; `master` null = there is none yet. */
export type Row = {
  collection: CollectionName;
  id: string;
  master: Master | null;
  audience: AudienceKey[];
  former: AudienceKey[];
  parentId: string | null;
  /** The parent that it had as it was read, and has no more. */
  left?: string;
  state: "same" | "new" | "changed";
};

export type RecordKey = { collection: CollectionName; id: string };

/** The rows a transaction holds, by collection and id. */
export type RowSet = Map<string, Row>;

export function keyOf({ collection, id }: RecordKey): string {
  return `${collection}/${id}`;
}

/**
 * The order in which every transaction locks: what others hang on comes first, lines of history last. With ids
 * sorted within a collection, two transactions never wait for each other in a circle.
 */
export const lockOrder: readonly CollectionName[] = [
  "leads",
  ...collectionNames.filter((name) => name !== "leads" && name !== "activities"),
  "activities",
];

/** Locks and reads the rows, in `lockOrder`. Ids without a row get one with `master: null`. */
export async function lockRows(tx: Tx, tenantId: string, wanted: readonly RecordKey[]): Promise<RowSet> {
  const rows: RowSet = new Map();
  for (const collection of lockOrder) {
    const ids = wanted.filter((key) => key.collection === collection).map(({ id }) => id);
    if (ids.length === 0) continue;
    for (const row of await selectRows(tx, tenantId, collection, ids)) rows.set(keyOf(row), row);
    for (const id of ids) {
      const key = keyOf({ collection, id });
      if (!rows.has(key)) rows.set(key, emptyRow(collection, id));
    }
  }
  return rows;
}

/**
 * Adds rows that others hang on to those that a transaction holds, without locking them, as that would be out of order.
 * Whoever changes who may see one of them waits for our rows after that, and derives ours anew.
 */
export async function addUnlocked(
  tx: Tx,
  tenantId: string,
  rows: RowSet,
  wanted: readonly RecordKey[],
): Promise<void> {
  const missing = wanted.filter((key) => !rows.has(keyOf(key)));
  for (const [collection, keys] of Map.groupBy(missing, (key) => key.collection)) {
    const ids = keys.map(({ id }) => id);
    for (const row of await selectRows(tx, tenantId, collection, ids, sql``)) rows.set(keyOf(row), row);
  }
}

type StoredRow = {
  id: string;
  doc: Doc;
  deleted: boolean;
  touched: Record<string, Touch>;
  audience: string[];
  former: string[];
  parent_id: string | null;
};

async function selectRows(
  tx: Tx,
  tenantId: string,
  collection: CollectionName,
  ids: string[],
  lock = sql`FOR UPDATE`,
): Promise<Row[]> {
  const stored = await rowsOf<StoredRow>(
    tx,
    sql`SELECT id, doc, deleted, touched, audience, former, parent_id FROM ${sql.identifier(collection)}
        WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(ids)}::text[]) ORDER BY id ${lock}`,
  );
  return stored.map(({ id, doc, deleted, touched, audience, former, parent_id }) => ({
    collection,
    id,
    master: { doc, deleted, touched },
    audience,
    former,
    parentId: parent_id,
    state: "same",
  }));
}

function emptyRow(collection: CollectionName, id: string): Row {
  return { collection, id, master: null, audience: [], former: [], parentId: null, state: "same" };
}

/** Whose audience a record shares: its lead's, or for a note on something else that one's. */
export function parentOf(
  collection: CollectionName,
  doc: Readonly<Record<string, unknown>>,
): RecordKey | null {
  const subject = collection === "activities" ? (doc["subject"] as RecordKey | null | undefined) : null;
  if (subject) return { collection: subject.collection, id: subject.id };
  if (collection === "leads" || typeof doc["leadId"] !== "string") return null;
  return { collection: "leads", id: doc["leadId"] };
}

/** What explains who may see a record, besides its parent: what was said in a call is seen by whoever had that. */
export function callOf(collection: CollectionName, doc: Readonly<Record<string, unknown>>): RecordKey | null {
  const of = collection === "segments" ? doc["callId"] : null;
  return typeof of === "string" ? { collection: "calls", id: of } : null;
}

/** Puts a record's new state into its row and derives who may see it from now on ([AUD-1]). */
export function placeRecord(rows: RowSet, row: Row, master: Master): void {
  row.state = row.master === null || row.state === "new" ? "new" : "changed";
  row.master = master;
  const parentId = parentOf(row.collection, master.doc)?.id ?? null;
  if (row.parentId !== null && row.parentId !== parentId) row.left ??= row.parentId;
  row.parentId = parentId;
  deriveAudience(rows, row);
}

/** @returns whether the audience changed */
export function deriveAudience(rows: RowSet, row: Row): boolean {
  if (row.master === null) return false;
  const { doc } = row.master;
  const parent = parentOf(row.collection, doc);
  const call = callOf(row.collection, doc);
  const lead = (parent && rows.get(keyOf(parent))?.audience) ?? [];
  const hadIt = whoHadIt(row.collection, doc, (call && rows.get(keyOf(call))?.master?.doc) ?? null);
  const audience = audienceOf(row.collection, doc, { lead, hadIt });
  if (sameKeys(audience, row.audience)) return false;
  row.former = formerAudience(row.audience, row.former, audience);
  row.audience = audience;
  if (row.state === "same") row.state = "changed";
  return true;
}

export function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
