import { newRecordId } from "../../shared/entities/id.ts";
import type { Author, HistoryEntry, Master, Touch } from "../../shared/sync/apply-edit.ts";
import type { Doc } from "../../shared/sync/fields.ts";
import { placeRecord, type Row, type RowSet } from "./rows.ts";

/** Collections whose changes are not told in a timeline: settings go to the audit log, notes are the timeline. */
const untold = new Set(["settings", "activities"]);

/**
 * Adds the lines of history that an edit made, as activities that share the record's audience. One line says that
 * an import began; its thousands of records need none each.
 */
export function addHistory(
  rows: RowSet,
  row: Row,
  entries: readonly HistoryEntry[],
  touch: Author & { at: string },
): void {
  if (untold.has(row.collection) || row.master === null) return;
  const importId = importOf(row.master.doc);
  for (const entry of entries) {
    if (entry.kind === "created" && importId !== null) addImport(rows, importId, touch);
    else addLine(rows, newRecordId(), lineOf(row, row.master.doc, entry, touch), touch);
  }
}

function importOf(doc: Doc): string | null {
  return typeof doc["importId"] === "string" ? doc["importId"] : null;
}

/** Id of the line that says that an import began: pushes of the same import find it, whatever device they are from. */
export function importLineId(importId: string): string {
  return `import:${importId}`.slice(0, 64);
}

function addImport(rows: RowSet, importId: string, touch: Author & { at: string }): void {
  const id = importLineId(importId);
  if (rows.get(`activities/${id}`)?.master) return;
  addLine(rows, id, { ...blank(touch), kind: "import", ownerId: touch.userId, title: "Import" }, touch);
}

function lineOf(
  row: Row,
  doc: Doc,
  entry: HistoryEntry,
  touch: Author & { at: string },
): Record<string, unknown> {
  const isLead = row.collection === "leads";
  return {
    ...blank(touch),
    kind: entry.kind,
    leadId: isLead ? row.id : (doc["leadId"] ?? null),
    subject: isLead ? null : { collection: row.collection, id: row.id },
    changes: entry.changes.slice(0, 200),
  };
}

function blank(touch: Author & { at: string }): Record<string, unknown> {
  return {
    leadId: null,
    subject: null,
    at: touch.at,
    byId: touch.userId,
    // Nobody owns a line of history: it is seen with its record, also after that changed hands.
    ownerId: null,
    teamId: null,
    title: "",
    text: "",
    changes: [],
  };
}

function addLine(
  rows: RowSet,
  id: string,
  fields: Record<string, unknown>,
  by: Author & { at: string },
): void {
  const row: Row = {
    collection: "activities",
    id,
    master: null,
    audience: [],
    former: [],
    parentId: null,
    state: "same",
  };
  rows.set(`activities/${id}`, row);
  placeRecord(rows, row, newMaster(id, fields, by));
}

/** A record that the server makes. */
export function newMaster(id: string, fields: Record<string, unknown>, by: Author & { at: string }): Master {
  const touch: Touch = { rev: 1, deviceId: by.deviceId, byId: by.userId, at: by.at };
  const doc = { ...fields, id, rev: 1, createdAt: by.at, updatedAt: by.at, kept: [] } as unknown as Doc;
  return { doc, deleted: false, touched: { "*": touch } };
}
