import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import type { OpenKept, RefusedEdit, syncIssues, WaitingEdit } from "../../../shared/rpc/contract/sync.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { readField, type Doc } from "../../../shared/sync/fields.ts";
import { hasKept } from "../database/kept-index.ts";
import type { EditJournal } from "../edits/edit-journal.ts";
import { changesOf } from "../edits/unsent-of.ts";
import type { JournalItem } from "../journal/index.ts";
import { recordSql } from "../live/read-records.ts";
import { leadIdOf, titleOf } from "../records/record-title.ts";
import type { Reads } from "../replica.ts";
import type { Tallies } from "./tallies.ts";

const maxListed = 200;

/** Everything that a person may have to decide, newest first. */
export async function readIssues(
  reads: Reads,
  journal: EditJournal,
  tallies: Tallies,
): Promise<OutputOf<typeof syncIssues>> {
  const stuck = journal.refused();
  const refused = stuck.filter(({ status }) => status.kind === "refused");
  const blocked = stuck.filter(({ status }) => status.kind === "blocked");
  const waiting = [...blocked, ...journal.unsent()];
  const listed = { refused: newest(refused), waiting: newest(waiting) };
  const records = await readRecords(reads, [...listed.refused, ...listed.waiting]);
  const describe = (item: JournalItem) => describeEdit(item, records.get(item.edit.id) ?? null);
  return {
    refused: listed.refused.flatMap((item): RefusedEdit[] =>
      item.status.kind === "refused" ? [{ ...describe(item), refusal: item.status.refusal }] : [],
    ),
    waiting: listed.waiting.map(describe),
    kept: await readOpenKept(reads),
    counts: { refused: refused.length, waiting: waiting.length, kept: tallies.openKept() },
  };
}

function newest(items: readonly JournalItem[]): JournalItem[] {
  return items.slice(-maxListed).toReversed();
}

async function readRecords(reads: Reads, items: readonly JournalItem[]): Promise<Map<string, Doc>> {
  const found = new Map<string, Doc>();
  for (const collection of new Set(items.map(({ edit }) => edit.collection))) {
    const ids = items.filter(({ edit }) => edit.collection === collection).map(({ edit }) => edit.id);
    for (const [id, doc] of await reads.getAll(collection, ids)) found.set(id, doc as unknown as Doc);
  }
  return found;
}

/** A record that is not here is named by what the edit says of it. */
function describeEdit({ edit, label }: JournalItem, record: Doc | null): WaitingEdit {
  const known = record ?? (edit.kind === "create" ? edit.fields : null);
  const { collection, id, editId, kind, at } = edit;
  return {
    collection,
    id,
    editId,
    kind,
    at,
    title: titleOf(collection, known),
    leadId: leadIdOf(collection, id, known),
    allDay: isForDay(known),
    fields: changesOf(edit),
    label: label ?? "",
  };
}

async function readOpenKept(reads: Reads): Promise<OpenKept[]> {
  const all: OpenKept[] = [];
  for (const collection of collectionNames) {
    const rows = await reads.sql<{ doc: Doc }>(
      `select ${recordSql} as doc from ${reads.table(collection)} where not deleted and ${hasKept}
       and doc->'kept' @> '[{"settledAt": null}]' order by doc->>'updatedAt' desc limit ${maxListed}`,
    );
    all.push(...rows.flatMap(({ doc }) => keptOf(collection, doc)));
  }
  return all.sort((a, b) => (a.kept.at < b.kept.at ? 1 : -1)).slice(0, maxListed);
}

function keptOf(collection: CollectionName, doc: Doc): OpenKept[] {
  return doc.kept
    .filter(({ settledAt }) => settledAt === null)
    .map((kept) => ({
      collection,
      id: doc.id,
      title: titleOf(collection, doc),
      leadId: leadIdOf(collection, doc.id, doc),
      allDay: isForDay(doc),
      kept,
      stands: kept.field === "deleted" ? false : readField(doc, kept.field),
    }));
}

function isForDay(record: object | null): boolean {
  return record !== null && "allDay" in record && record.allDay === true;
}
