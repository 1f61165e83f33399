import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import { fold } from "../../../shared/text/fold.ts";
import { readField } from "../../../shared/sync/fields.ts";
import { createPacer, giveWay } from "../live/slices.ts";
import { createParameters } from "../live/parameters.ts";
import type { LeadRows } from "../leads/lead-rows.ts";
import { rangeSql } from "../leads/scan-leads.ts";
import type { Reads } from "../replica.ts";
import type { ConvertedRow } from "./convert-row.ts";
import { createFilledFields, type FilledFields } from "./filled-fields.ts";
import { createKeySet, type KeySet } from "./key-set.ts";

/** What becomes of a row. `id`: the lead it makes, or the one it repeats. */
export type Verdict = { row: ConvertedRow } & (
  | { kind: "new"; id: string }
  | { kind: "fills"; id: string; set: Record<string, FieldValue> }
  | { kind: "duplicate"; id: string }
  | { kind: "error" }
  | { kind: "question" }
);

export type Judge = { judge(rows: readonly ConvertedRow[]): Promise<Verdict[]> };

/** A verdict, and which row of the file makes the lead that it repeats; null = none does. */
type Sorted = { verdict: Verdict; ofRow: number | null };

/** Numbers of keys: leads of the replica count up from 1, rows of the file down from -1. */
type Keys = { phones: KeySet; emails: KeySet; ids: string[] };

/**
 * Tells new leads from those that the replica, or the file further up, has already: by phone and by e-mail.
 * Checking and importing ask the same judge, so that what was announced is what happens.
 * @param idOfRow the id of the lead that a row makes: the same however often the file is read
 */
export async function createJudge(
  reads: Reads,
  rows: LeadRows,
  duplicates: ImportOptions["duplicates"],
  idOfRow: (number: number) => string,
): Promise<Judge> {
  const keys = await readKeys(reads, rows);
  // Of the whole file: a row may fill what one of many pages before it makes.
  const filled = createFilledFields();

  function find({ fields }: ConvertedRow): { id: string | null; ofRow: number | null } {
    const [phone, second] = [fields["phone"], fields["phoneSecond"]];
    const number =
      numberOf(keys.phones, phone) ?? numberOf(keys.phones, second) ?? numberOf(keys.emails, fields["email"]);
    if (number === undefined) return { id: null, ofRow: null };
    return number < 0
      ? { id: idOfRow(-number), ofRow: -number }
      : { id: keys.ids[number - 1] ?? null, ofRow: null };
  }
  function remember({ number, fields }: ConvertedRow): void {
    for (const phone of [fields["phone"], fields["phoneSecond"]]) {
      if (typeof phone === "string") keys.phones.add(phone, -number);
    }
    if (typeof fields["email"] === "string") keys.emails.add(fold(fields["email"]), -number);
  }
  function sort(row: ConvertedRow): Sorted {
    if (row.errors.length > 0) return { verdict: { kind: "error", row }, ofRow: null };
    if (row.questions.length > 0) return { verdict: { kind: "question", row }, ofRow: null };
    const { id, ofRow } = find(row);
    const own = idOfRow(row.number);
    if (id === null || id === own || duplicates === "second") {
      remember(row);
      return { verdict: { kind: "new", id: own, row }, ofRow: null };
    }
    return { verdict: { kind: "duplicate", id, row }, ofRow };
  }

  return {
    async judge(converted) {
      const sorted = converted.map(sort);
      if (duplicates !== "fill") return sorted.map(({ verdict }) => verdict);
      return fillEmpty(reads, sorted, filled);
    },
  };
}

/** Turns duplicates that know more than the lead into fills; several rows may fill one lead, each its own fields. */
async function fillEmpty(reads: Reads, sorted: readonly Sorted[], filled: FilledFields): Promise<Verdict[]> {
  const ids = sorted.flatMap(({ verdict }) => (verdict.kind === "duplicate" ? [verdict.id] : []));
  const stored = await reads.getAll("leads", ids);
  return sorted.map(({ verdict, ofRow }): Verdict => {
    const { kind, row } = verdict;
    if (kind === "new") filled.add(row.number, saidIn(row.fields));
    if (kind !== "duplicate") return verdict;
    const lead = stored.get(verdict.id);
    const known = filled.of(ofRow ?? verdict.id);
    const paths = saidIn(row.fields).filter(
      (path) => !known.has(path) && isEmpty(lead && readField(lead, path)),
    );
    if (paths.length === 0 || (!lead && ofRow === null)) return verdict;
    filled.add(ofRow ?? verdict.id, paths);
    const set = Object.fromEntries(paths.map((path) => [path, row.fields[path] as FieldValue]));
    return { kind: "fills", id: verdict.id, row, set };
  });
}

/** Fields that a row says something of. */
function saidIn(fields: Readonly<Record<string, FieldValue>>): string[] {
  return Object.keys(fields).filter((path) => !isEmpty(fields[path]));
}

function isEmpty(value: FieldValue | undefined): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

const pageSize = 1_000;

async function readKeys(reads: Reads, rows: LeadRows): Promise<Keys> {
  const keys: Keys = { phones: createKeySet(), emails: createKeySet(), ids: [] };
  const pace = createPacer();
  for (const range of await rows.pages(pageSize)) {
    const parameters = createParameters();
    const [page] = await reads.sql<{ leads: [string, Lead["phone"], string, string][] | null }>(
      `select json_agg(json_build_array(id, doc->>'phone', doc->>'phoneSecond', doc->>'email')) as leads
       from ${reads.table("leads")} where ${rangeSql(range, parameters)}
         and (doc->>'phone' <> '' or doc->>'phoneSecond' <> '' or doc->>'email' <> '')`,
      parameters.values,
    );
    for (const [id, phone, second, email] of page?.leads ?? []) {
      const number = keys.ids.push(id);
      if (phone) keys.phones.add(phone, number);
      if (second) keys.phones.add(second, number);
      if (email) keys.emails.add(fold(email), number);
      await pace();
    }
    await giveWay();
  }
  return keys;
}

function numberOf(keys: KeySet, value: FieldValue | undefined): number | undefined {
  return typeof value === "string" && value !== "" ? keys.get(fold(value)) : undefined;
}
