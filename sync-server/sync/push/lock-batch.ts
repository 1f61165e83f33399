import { sql } from "drizzle-orm";
import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import { importLineId } from "../history.ts";
import { keyOf, lockRows, parentOf, type RecordKey, type RowSet } from "../rows.ts";

/** A record was hung on something else between reading and locking: the transaction begins again. */
export class ParentMoved extends Error {}

/**
 * Locks every row that the edits may touch, and whatever those hang on, in one pass in the common order.
 * What hangs on what is read first without locks, and checked again when the locks are held.
 * @throws ParentMoved
 */
export async function lockBatch(tx: Tx, tenantId: string, edits: readonly Edit[]): Promise<RowSet> {
  const wanted = new Map<string, RecordKey>();
  for (const edit of edits) for (const key of namedBy(edit)) wanted.set(keyOf(key), key);
  await addParents(tx, tenantId, wanted);
  const rows = await lockRows(tx, tenantId, [...wanted.values()]);
  for (const { collection, master } of rows.values()) {
    const parent = master && parentOf(collection, master.doc);
    if (parent && !rows.has(keyOf(parent))) throw new ParentMoved();
  }
  return rows;
}

/** The record itself, what the edit hangs it on, and the line that tells of its import. */
function namedBy(edit: Edit): RecordKey[] {
  const { collection, id } = edit;
  const keys: RecordKey[] = [{ collection, id }];
  const fields = fieldsOf(edit);
  const parent = parentOf(collection, fields);
  if (parent && isRecordKey(parent)) keys.push(parent);
  if (typeof fields["importId"] === "string") {
    keys.push({ collection: "activities", id: importLineId(fields["importId"]) });
  }
  return keys;
}

function fieldsOf(edit: Edit): Record<string, unknown> {
  if (edit.kind === "create") return edit.fields;
  if (edit.kind === "report") return { leadId: leadNamedIn(edit.events) };
  if (edit.kind !== "update") return {};
  return Object.fromEntries(Object.entries(edit.changes).map(([field, { to }]) => [field, to]));
}

function leadNamedIn(events: readonly CallEvent[]): string | null {
  for (const event of events) {
    if ((event.type === "requested" || event.type === "offered") && event.leadId !== null)
      return event.leadId;
  }
  return null;
}

/** A device may name anything as a subject; what is no collection is refused later and locks nothing. */
function isRecordKey({ collection, id }: RecordKey): boolean {
  return collectionNames.includes(collection) && typeof id === "string";
}

/** Two steps at most: a note hangs on a task, the task on a lead. */
async function addParents(tx: Tx, tenantId: string, wanted: Map<string, RecordKey>): Promise<void> {
  let unread = [...wanted.values()].filter(({ collection }) => collection !== "leads");
  while (unread.length > 0) {
    const parents = await readParents(tx, tenantId, unread);
    unread = parents.filter((parent) => isRecordKey(parent) && !wanted.has(keyOf(parent)));
    for (const parent of unread) wanted.set(keyOf(parent), parent);
    unread = unread.filter(({ collection }) => collection !== "leads");
  }
}

async function readParents(tx: Tx, tenantId: string, of: RecordKey[]): Promise<RecordKey[]> {
  const parents: RecordKey[] = [];
  for (const collection of new Set(of.map((key) => key.collection))) {
    const ids = of.filter((key) => key.collection === collection).map(({ id }) => id);
    const found = await rowsOf<{ lead: string | null; subject: RecordKey | null }>(
      tx,
      sql`SELECT doc->>'leadId' AS lead, doc->'subject' AS subject FROM ${sql.identifier(collection)}
          WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(ids)}::text[]) AND parent_id IS NOT NULL`,
    );
    for (const { lead, subject } of found) parents.push(...parentsIn(collection, lead, subject));
  }
  return parents;
}

function parentsIn(collection: CollectionName, lead: string | null, subject: RecordKey | null): RecordKey[] {
  const parent = parentOf(collection, { leadId: lead, subject });
  return parent ? [parent] : [];
}
