import { createHash } from "node:crypto";
import { v7 } from "uuid";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { ImportResult } from "../../../shared/rpc/contract/files.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Draft, Replica } from "../replica.ts";
import { convertedBatches, type Shape } from "./file-source.ts";
import type { ConvertedRow, Converter } from "./convert-row.ts";
import { printOf, type ImportStore, type LedgerLine, type SavedImport } from "./import-store.ts";
import type { Judge, Verdict } from "./judge-rows.ts";

/** What every lead gets that its row says nothing about. */
export type LeadDefaults = { fields: Record<string, FieldValue>; teamOf(ownerId: string): string | null };

export type RunInput = {
  path: string;
  shape: Shape;
  convert: Converter;
  judge: Judge;
  store: ImportStore;
  replica: Pick<Replica, "reads" | "edits">;
  defaults: LeadDefaults;
  saved: SavedImport;
  signal: AbortSignal;
  onProgress(saved: SavedImport): void;
};

/**
 * Imports from where `saved` says it stands, in batches: first the ledger, then the edits, then how far it is. A
 * crash in between does one batch again; ids come from rows, so nothing is doubled.
 */
export async function importRows(input: RunInput): Promise<Result<SavedImport, RpcError>> {
  let saved = input.saved;
  for await (const batch of convertedBatches(input.path, input.shape, input.convert, saved.throughRow)) {
    if (input.signal.aborted) break;
    const verdicts = await input.judge.judge(batch.map(({ converted }) => converted));
    const applied = await applyVerdicts(input, verdicts);
    if (!applied.ok) return applied;
    saved = {
      ...saved,
      throughRow: batch.at(-1)?.raw.number ?? saved.throughRow,
      result: addUp(saved.result, verdicts, applied.value),
    };
    await input.store.save(saved);
    input.onProgress(saved);
  }
  return ok(saved);
}

/** The id of the lead that a row makes: a UUID v7 of the import's time, the same whenever the row is read. */
export function leadIdOf(importId: string, startedAtMs: number, row: number): string {
  const random = createHash("sha256").update(`${importId}:${row}`).digest().subarray(0, 16);
  return v7({ msecs: startedAtMs, seq: row, random });
}

/** Why leads were refused, by id. */
type Refused = ReadonlyMap<string, string>;

async function applyVerdicts(
  { store, replica, defaults, saved }: RunInput,
  verdicts: readonly Verdict[],
): Promise<Result<Refused, RpcError>> {
  const made = new Map<string, Record<string, FieldValue>>();
  const filled = new Map<string, Record<string, FieldValue>>();
  for (const verdict of verdicts) {
    if (verdict.kind === "new") made.set(verdict.id, leadOf(verdict.row, saved.importId, defaults));
    if (verdict.kind !== "fills") continue;
    const target = made.get(verdict.id);
    if (target) made.set(verdict.id, withFields(target, verdict.set));
    else filled.set(verdict.id, { ...filled.get(verdict.id), ...verdict.set });
  }
  const lines: LedgerLine[] = [
    ...Array.from(made, ([id, fields]) => ({ made: id, print: printOf(fields) })),
    ...Array.from(filled, ([id, set]) => ({ filled: id, set })),
  ];
  // Of a batch that is done again: people may have worked on these since.
  const here = await replica.reads.getAll("leads", [...made.keys()]);
  const missing = [...made].filter(([id]) => !here.has(id));
  const drafts: Draft[] = [
    ...Array.from(missing, ([id, fields]): Draft => ({ kind: "create", collection: "leads", id, fields })),
    ...Array.from(filled, ([id, set]): Draft => ({ kind: "update", collection: "leads", id, set })),
  ];
  await store.addToLedger(saved.importId, lines);
  const refused = new Map<string, string>();
  const applied = await replica.edits.apply(drafts, `Imported ${saved.fileName}`, {
    // The ledger takes an import back.
    keepUndo: false,
    leaveOut: ({ message }, { id }) => refused.set(id, message),
  });
  return applied.ok ? ok(refused) : err(applied.error);
}

function leadOf({ fields }: ConvertedRow, importId: string, { fields: defaults, teamOf }: LeadDefaults) {
  const lead = withFields({ ...defaults, importId }, fields);
  const ownerId = lead["ownerId"];
  return { ...lead, teamId: typeof ownerId === "string" ? teamOf(ownerId) : null };
}

/** Sets fields by path; those of the tenant go into `custom`. */
function withFields(
  lead: Record<string, FieldValue>,
  set: Readonly<Record<string, FieldValue>>,
): Record<string, FieldValue> {
  const custom = { ...(lead["custom"] as Record<string, FieldValue>) };
  const next = { ...lead };
  for (const [path, value] of Object.entries(set)) {
    if (path.startsWith("custom.")) custom[path.slice(7)] = value;
    else next[path] = value;
  }
  return { ...next, custom };
}

function addUp(result: ImportResult, verdicts: readonly Verdict[], refused: Refused): ImportResult {
  const out = new Set(verdicts.filter((verdict) => isOfLead(verdict) && refused.has(verdict.id)));
  const count = (...kinds: Verdict["kind"][]) =>
    verdicts.filter((verdict) => kinds.includes(verdict.kind) && !out.has(verdict)).length;
  const why = result.refused?.why ?? [...refused.values()][0];
  return {
    created: result.created + count("new"),
    filled: result.filled + count("fills"),
    skipped: result.skipped + count("duplicate"),
    errors: result.errors + count("error", "question"),
    ...(why !== undefined && { refused: { rows: (result.refused?.rows ?? 0) + out.size, why } }),
  };
}

function isOfLead(verdict: Verdict): verdict is Extract<Verdict, { kind: "new" | "fills" }> {
  return verdict.kind === "new" || verdict.kind === "fills";
}
