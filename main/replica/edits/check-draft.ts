import { checkNamed, checkRecord, type FieldRule } from "../../../shared/entities/check-record.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { authorise, type Writers } from "../../../shared/sync/authorise.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import type { RunSql } from "../database/local-tables.ts";
import type { Draft, Replica } from "../replica.ts";
import { cleanValue } from "./clean-value.ts";
import { checkFields, fillRecord } from "./record-fields.ts";

/** Checks what a draft says by itself, and completes a new record. */
export function checkDraft(draft: Draft): Result<Draft, RpcError> {
  if (draft.kind === "create") {
    const filled = fillRecord(draft.collection, cleanFields(draft.fields));
    return filled.ok ? ok({ ...draft, fields: filled.value }) : filled;
  }
  if (draft.kind !== "update") return ok(draft);
  const set = cleanFields(draft.set);
  const checked = checkFields(draft.collection, set);
  if (!checked.ok) return checked;
  // It may be older than the rules of today, and is only compared.
  return ok({ ...draft, set, ...(draft.seen && { seen: cleanFields(draft.seen) }) });
}

function cleanFields(fields: Record<string, FieldValue>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, cleanValue(value)]));
}

/** Says why an edit would not be taken, or null. Pure, and cheap enough for lists of thousands. */
export type DraftJudge = (edit: Edit, before: Doc | null, after: Doc | null) => RpcError | null;

/**
 * The server's own rules, asked before anything is written, so that a person hears no while they type.
 * The server has the last word: what it alone can know comes back as a refusal.
 *
 * @param writers as `authorise` takes them
 * @param isLong leaves the schema of whole records to the server: what an edit names was checked as a draft
 */
export function createDraftJudge(
  me: Replica["me"],
  rules: readonly FieldRule[],
  writers: Writers,
  isLong: boolean,
): DraftJudge {
  const check = isLong ? checkNamed : checkRecord;
  return (edit, before, after) => {
    // Whose it was is not known here any more: the server judges it over the record that it has kept.
    if (edit.kind === "restore") return null;
    const refusal = authorise(me, edit, before, writers);
    if (refusal) return { code: "forbidden", message: refusal.message };
    return after && checkTenantRules(edit, { before, after }, rules, check);
  };
}

/** @param table of the settings, quoted */
export async function readFieldRules(sql: RunSql, table: string): Promise<FieldRule[]> {
  const rows = await sql<{ doc: FieldRule }>(
    `select doc from ${table} where not deleted and doc->>'kind' = 'field'`,
  );
  return rows.map(({ doc }) => doc);
}

/** Only what this edit names: a field that a newer server has added, or an older value, holds nobody up. */
function checkTenantRules(
  edit: Edit,
  { before, after }: { before: Doc | null; after: Doc },
  rules: readonly FieldRule[],
  check: typeof checkRecord,
): RpcError | null {
  if (edit.kind !== "create" && edit.kind !== "update") return null;
  const named = edit.kind === "create" ? "all" : Object.keys(edit.changes);
  const problem = check(edit.collection, after, rules, named, before);
  if (!problem || (named !== "all" && !named.includes(problem.field))) return null;
  return { code: "bad-input", message: problem.message, details: { field: problem.field } };
}
