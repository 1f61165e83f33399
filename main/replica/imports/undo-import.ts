import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import { serverFields } from "../../../shared/entities/record.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { readField, sameValue } from "../../../shared/sync/fields.ts";
import { giveWay } from "../live/slices.ts";
import type { Draft, Replica } from "../replica.ts";
import { printOf, type LedgerLine } from "./import-store.ts";

export type Undone = { removed: number; emptied: number; kept: number };

/** As many as one slice of edits: reading a thousand leads at once held the process for a tenth of a second. */
const batchLines = 250;
/** What people do with a lead besides editing it. */
const work: readonly CollectionName[] = ["calls", "tasks", "deals", "appointments", "messages", "tickets"];

/**
 * Removes leads that are as the import left them, and empties fields that still hold what it filled in. A lead
 * that somebody has edited, called, planned or written about since stays.
 */
export async function undoImport(
  { reads, edits }: Pick<Replica, "reads" | "edits">,
  ledger: AsyncIterable<LedgerLine>,
  label: string,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Result<Undone, RpcError>> {
  const undone: Undone = { removed: 0, emptied: 0, kept: 0 };
  let done = 0;
  for await (const lines of inBatches(ledger)) {
    if (signal.aborted) break;
    const drafts = await draftsFor(reads, lines, undone);
    // The database works in this very process: without these, a keystroke would wait for the last batch.
    await giveWay();
    const applied = await edits.apply(drafts, label, { keepUndo: false, takesBack: true });
    if (!applied.ok) return applied;
    done += lines.length;
    onProgress(done);
    await giveWay();
  }
  return ok(undone);
}

async function draftsFor(
  reads: Replica["reads"],
  lines: readonly LedgerLine[],
  undone: Undone,
): Promise<Draft[]> {
  const ids = lines.map((line) => ("made" in line ? line.made : line.filled));
  const leads = await reads.getAll("leads", ids);
  const worked = await idsWithWork(reads, ids);
  return lines.flatMap((line): Draft[] => {
    const lead = leads.get("made" in line ? line.made : line.filled);
    if (!lead) return [];
    if ("filled" in line) return emptyFilled(line, lead, undone);
    if (worked.has(lead.id) || printOf(ownFields(lead)) !== line.print) {
      undone.kept += 1;
      return [];
    }
    undone.removed += 1;
    return [{ kind: "delete", collection: "leads", id: lead.id }];
  });
}

function emptyFilled({ set }: Extract<LedgerLine, { filled: string }>, lead: Lead, undone: Undone): Draft[] {
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
