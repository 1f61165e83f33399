import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import { serverFields } from "../../../shared/entities/record.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { readField, sameValue, writeField } from "../../../shared/sync/fields.ts";
import { createLeftOut, type LeftOut } from "../edits/left-out.ts";
import { giveWay } from "../live/slices.ts";
import type { Draft, Replica } from "../replica.ts";
import { printOf, type LedgerLine } from "./import-store.ts";

/**
 * `kept`: somebody has worked on them since. `gone`: they were here, and are no longer.
 * `left`: those that the server would refuse.
 */
export type Undone = { removed: number; emptied: number; kept: number; gone: number; left: LeftOut };

/** As many as one slice of edits: reading a thousand leads at once held the process for a tenth of a second. */
const batchLines = 250;
/** What people do with a lead besides editing it. */
const work: readonly CollectionName[] = ["calls", "tasks", "deals", "appointments", "messages", "tickets"];

type Fields = Record<string, FieldValue>;
/** What the whole ledger says of leads that one line of it names. */
type Known = {
  /** What the import filled in, by lead. */
  filled: Map<string, Fields>;
  /** What was removed before this undo was stopped, or the desk closed. */
  removed: Set<string>;
  /** Leads of lines that were read already. */
  seen: Set<string>;
};

/**
 * Removes leads that are as the import left them, and empties fields that still hold what it filled in. A lead
 * that somebody has edited, called, planned or written about since stays.
 */
export async function undoImport(
  { reads, edits }: Pick<Replica, "reads" | "edits">,
  store: {
    readLedger(): AsyncIterable<LedgerLine>;
    addToLedger(lines: readonly LedgerLine[]): Promise<void>;
  },
  label: string,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Result<Undone, RpcError>> {
  const undone: Undone = { removed: 0, emptied: 0, kept: 0, gone: 0, left: createLeftOut() };
  const known = await gather(store.readLedger());
  let done = 0;
  for await (const lines of inBatches(store.readLedger())) {
    if (signal.aborted) break;
    const drafts = await draftsFor(reads, lines, known, undone);
    // The database works in this very process: without these, a keystroke would wait for the last batch.
    await giveWay();
    const refused = new Set<string>();
    const leaveOut = (why: RpcError, { kind, id }: Draft) => {
      undone[kind === "delete" ? "removed" : "emptied"] -= 1;
      undone.left.take(why);
      refused.add(id);
    };
    const applied = await edits.apply(drafts, label, { keepUndo: false, takesBack: true, leaveOut });
    if (!applied.ok) return applied;
    const removed = drafts.filter(({ kind, id }) => kind === "delete" && !refused.has(id));
    await store.addToLedger(removed.map(({ id }) => ({ removed: id })));
    done += lines.length;
    onProgress(done);
    await giveWay();
  }
  return ok(undone);
}

/** A lead may be made by one line and filled by a later one, and a batch that a crash cut short stands there twice. */
async function gather(ledger: AsyncIterable<LedgerLine>): Promise<Known> {
  const known: Known = { filled: new Map(), removed: new Set(), seen: new Set() };
  for await (const line of ledger) {
    if ("filled" in line) known.filled.set(line.filled, { ...known.filled.get(line.filled), ...line.set });
    if ("removed" in line) known.removed.add(line.removed);
  }
  return known;
}

async function draftsFor(
  reads: Replica["reads"],
  lines: readonly LedgerLine[],
  known: Known,
  undone: Undone,
): Promise<Draft[]> {
  const fresh = lines.flatMap((line) => {
    const id = "made" in line ? line.made : "filled" in line ? line.filled : line.removed;
    if (known.removed.has(id) || known.seen.has(id)) return [];
    known.seen.add(id);
    return [{ id, print: "made" in line ? line.print : null, set: known.filled.get(id) ?? {} }];
  });
  const ids = fresh.map(({ id }) => id);
  const leads = await reads.getAll("leads", ids);
  const worked = await idsWithWork(reads, ids);
  return fresh.flatMap(({ id, print, set }): Draft[] => {
    const lead = leads.get(id);
    if (!lead) {
      undone.gone += 1;
      return [];
    }
    if (print === null) return emptyFilled(set, lead, undone);
    if (worked.has(id) || printOf(withoutFilled(lead, set)) !== print) {
      undone.kept += 1;
      return [];
    }
    undone.removed += 1;
    return [{ kind: "delete", collection: "leads", id }];
  });
}

/** The lead as the row that made it left it: later rows of the same file may have filled what that one left empty. */
function withoutFilled(lead: Lead, filled: Fields): Record<string, unknown> {
  const fields = ownFields(lead);
  return Object.entries(filled).reduce(
    (rest, [path, value]) => (sameValue(readField(lead, path), value) ? writeField(rest, path, null) : rest),
    fields,
  );
}

function emptyFilled(set: Fields, lead: Lead, undone: Undone): Draft[] {
  const still = Object.entries(set).filter(([path, value]) => sameValue(readField(lead, path), value));
  if (still.length < Object.keys(set).length) undone.kept += 1;
  if (still.length === 0) return [];
  undone.emptied += 1;
  const empty = Object.fromEntries(still.map(([path, value]) => [path, emptyOf(path, value)]));
  return [{ kind: "update", collection: "leads", id: lead.id, set: empty }];
}

/** What a field holds when it holds nothing; own texts are never null. */
function emptyOf(path: string, value: unknown) {
  if (path.startsWith("custom.") || path === "lastContactAt" || path === "score" || path === "ownerId")
    return null;
  if (Array.isArray(value)) return [];
  return typeof value === "boolean" ? false : "";
}

function ownFields(lead: Lead): Record<string, unknown> {
  return Object.fromEntries(Object.entries(lead).filter(([key]) => !serverFields.has(key)));
}

async function idsWithWork(reads: Replica["reads"], ids: readonly string[]): Promise<Set<string>> {
  const parts = work.map(
    (name) =>
      `select doc->>'leadId' as id from ${reads.table(name)} where not deleted and doc->>'leadId' = any($1::text[])`,
  );
  const notes = `select doc->>'leadId' as id from ${reads.table("activities")}
    where not deleted and doc->>'leadId' = any($1::text[]) and doc->>'kind' in ('note', 'email')`;
  const rows = await reads.sql<{ id: string }>([...parts, notes].join(" union "), [[...ids]]);
  return new Set(rows.map(({ id }) => id));
}

async function* inBatches(ledger: AsyncIterable<LedgerLine>): AsyncGenerator<LedgerLine[]> {
  let batch: LedgerLine[] = [];
  for await (const line of ledger) {
    batch.push(line);
    if (batch.length < batchLines) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
