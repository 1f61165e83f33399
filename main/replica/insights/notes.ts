import type { Assignment, Comment, Insight, Scoring } from "../../../shared/entities/insight.ts";
import { recordSql } from "../live/read-records.ts";
import type { Reads } from "../replica.ts";

/** What people made of calls: everything in the collection but reports and what was said of cards. */
export type Note = Comment | Assignment | Scoring;

/**
 * Reports are known by their ids, which is told from the key alone: to look into 20,000 of them for their kind would
 * take a second.
 */
export const noReport = "(id < 'report:' or id > 'report;')";

/** @param where over `doc`; `$1` … are `parameters` */
export async function readNotes(
  reads: Reads,
  where: string,
  parameters: readonly unknown[] = [],
): Promise<Note[]> {
  const rows = await reads.sql<{ doc: Insight }>(
    `select ${recordSql} as doc from ${reads.table("insights")}
     where not deleted and ${noReport} and ${where} order by doc->>'at', id`,
    parameters,
  );
  return rows.flatMap(({ doc }) => (isNote(doc) ? [doc] : []));
}

function isNote(insight: Insight): insight is Note {
  return insight.kind === "comment" || insight.kind === "assignment" || insight.kind === "scoring";
}
