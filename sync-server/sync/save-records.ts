import type { CollectionName } from "../../shared/entities/collections.ts";
import type { Touch } from "../../shared/sync/apply-edit.ts";
import { sameValue, type Doc } from "../../shared/sync/fields.ts";
import type { Tx } from "../database/index.ts";
import { moveDependants } from "./cascade.ts";
import { deletedAmong, followGone, goAlong } from "./go-along.ts";
import { newMaster } from "./history.ts";
import {
  addUnlocked,
  callOf,
  keyOf,
  lockRows,
  parentOf,
  placeRecord,
  sameKeys,
  type RecordKey,
  type Row,
  type RowSet,
} from "./rows.ts";
import { wantScores } from "./want-scores.ts";
import { wantVectors } from "./want-vectors.ts";
import { writeRows } from "./write-rows.ts";

/** A record without what the server keeps of each (`rev`, `createdAt` …), which may be given for demo data. */
export type GivenRecord = { id: string } & Record<string, unknown>;

/** In whose name the server writes: no device of anybody's, so that no device takes it for its own writing. */
const server = "server";

/**
 * Writes records in the server's own name: people and teams after sign-in changed them, demo data, what a webhook
 * brought. Makes what is missing, replaces fields of what is there, touches nothing that is equal. Not authorised
 * and not told in history: the caller answers for both. Call it inside `inTenant`.
 *
 * @param records each with its lead, and a segment with its call: whoever sees those sees it
 * @param by the person in whose name it happens; "" = nobody's
 * @param now ISO 8601
 * @param onlyLiving leaves out what is missing or deleted, for whoever has read it without a lock: it may have been
 *   deleted since, and would come back
 */
export async function saveRecords(
  tx: Tx,
  tenantId: string,
  collection: CollectionName,
  records: readonly GivenRecord[],
  { by = "", now, onlyLiving = false }: { by?: string; now: string; onlyLiving?: boolean },
): Promise<void> {
  const wanted = [...explaining(collection, records), ...records.map(({ id }) => ({ collection, id }))];
  const rows = await lockRows(tx, tenantId, distinct(wanted));
  // Some fields alone may be given: the others say what the record belongs to, as they stand now that it is locked.
  const standing = records.map((record) => ({
    ...rows.get(keyOf({ collection, id: record.id }))?.master?.doc,
    ...record,
  }));
  await addUnlocked(tx, tenantId, rows, explaining(collection, standing));
  const moved: Row[] = [];
  for (const record of records) {
    const row = rows.get(keyOf({ collection, id: record.id }));
    if (row === undefined) throw new Error(`row ${record.id} was not locked`);
    if (onlyLiving && (row.master?.deleted ?? true)) continue;
    const before = row.audience;
    place(rows, row, record, by, now);
    if (before.length > 0 && !sameKeys(before, row.audience)) moved.push(row);
  }
  await followGone(tx, tenantId, rows, now);
  await writeRows(tx, tenantId, rows.values());
  await moveDependants(tx, tenantId, moved, new Set(rows.keys()));
  await wantVectors(tx, tenantId, rows.values(), now);
  await wantScores(tx, tenantId, rows.values(), now);
}

/** What says who may see records: their leads, and the calls of what was said. */
function explaining(collection: CollectionName, docs: readonly Record<string, unknown>[]): RecordKey[] {
  return docs
    .flatMap((doc) => [parentOf(collection, doc), callOf(collection, doc)])
    .filter((key) => key !== null);
}

/** Marks records as deleted; devices forget them. Unknown ids are ignored. Call it inside `inTenant`. */
export async function removeRecords(
  tx: Tx,
  tenantId: string,
  collection: CollectionName,
  ids: readonly string[],
  { by = "", now }: { by?: string; now: string },
): Promise<void> {
  const rows = await lockRows(
    tx,
    tenantId,
    ids.map((id) => ({ collection, id })),
  );
  const wereDeleted = deletedAmong(rows.values());
  for (const row of rows.values()) {
    if (row.master === null || row.master.deleted) continue;
    const touch = touchOf(row.master.doc.rev + 1, by, now);
    const doc = { ...row.master.doc, rev: touch.rev, updatedAt: now };
    placeRecord(rows, row, { doc, deleted: true, touched: { ...row.master.touched, deleted: touch } });
  }
  await writeRows(tx, tenantId, rows.values());
  await goAlong(tx, tenantId, rows.values(), wereDeleted, now);
  await wantVectors(tx, tenantId, rows.values(), now);
}

function place(rows: RowSet, row: Row, given: GivenRecord, by: string, now: string): void {
  const { rev: _rev, createdAt, updatedAt, kept, ...fields } = given;
  if (row.master === null) {
    const master = newMaster(given.id, fields, { userId: by as never, deviceId: server as never, at: now });
    const past = { createdAt: createdAt ?? now, updatedAt: updatedAt ?? now, kept: kept ?? [] };
    placeRecord(rows, row, { ...master, doc: { ...master.doc, ...past } as Doc });
    return;
  }
  const { doc, touched, deleted } = row.master;
  const changed = Object.keys(fields).filter((field) => !sameValue(doc[field], fields[field]));
  if (changed.length === 0 && !deleted) return;
  const touch = touchOf(doc.rev + 1, by, now);
  placeRecord(rows, row, {
    doc: { ...doc, ...fields, rev: touch.rev, updatedAt: now } as Doc,
    deleted: false,
    touched: { ...touched, ...Object.fromEntries(changed.map((field) => [field, touch])) },
  });
}

function touchOf(rev: number, by: string, at: string): Touch {
  return { rev, deviceId: server as Touch["deviceId"], byId: by as Touch["byId"], at };
}

function distinct<K extends { collection: CollectionName; id: string }>(keys: readonly K[]): K[] {
  return [...new Map(keys.map((key) => [keyOf(key), key])).values()];
}
