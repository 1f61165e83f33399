import type { Assignment, Comment, Insight, Scoring } from "../../../shared/entities/insight.ts";
import { recordSql } from "../live/read-records.ts";
import type { Reads } from "../replica.ts";

/** What people made of calls: everything in the collection but reports and what was seen and said of cards. */
export type Note = Comment | Assignment | Scoring;

/**
 * Reports and showings of cards are known by their ids, `report:…` and `shown:…`. An index tells them apart, by what comes
 * before, between and after them: to look into those of 20,000 calls for their kind would take a second.
 */
export const isByHand = "(id < 'report:' or id > 'report;' and id < 'shown:' or id > 'shown;')";
export const isShowing = "id > 'shown:' and id < 'shown;'";

/** @param where over `doc`; `$1` … are `parameters` */
export async function readNotes(
  reads: Reads,
  where: string,
  parameters: readonly unknown[] = [],
): Promise<Note[]> {
  const rows = await reads.sql<{ doc: Insight }>(
    `select ${recordSql} as doc from ${reads.table("insights")}
     where not deleted and ${isByHand} and ${where} order by doc->>'at', id`,
    parameters,
  );
  return rows.flatMap(({ doc }) => (isNote(doc) ? [doc] : []));
}

function isNote(insight: Insight): insight is Note {
  return insight.kind === "comment" || insight.kind === "assignment" || insight.kind === "scoring";
}
