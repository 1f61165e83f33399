import type { Reads } from "../replica.ts";
import { giveWay } from "../live/slices.ts";

/**
 * Every lead of this replica has a small number while the process runs, so that lists of 100,000 leads are
 * Int32Arrays and not arrays of ids. Numbers are never used twice.
 */
export type LeadRows = {
  numberOf(id: string): number;
  known(id: string): number | undefined;
  idOf(row: number): string;
  /** Ranges of ids that together cover the table, for reading it in small steps. Reads all ids when needed. */
  pages(pageSize: number): Promise<IdRange[]>;
};

/** Ids after `after` and up to `through`; null = open. */
export type IdRange = { after: string | null; through: string | null };

const idsAtOnce = 10_000;
const growthShare = 1.2;

export function createLeadRows(reads: Reads): LeadRows {
  const ids: string[] = [];
  const rows = new Map<string, number>();
  /** Sorted ids, as they were found some time ago; enough to divide the table by. */
  let found: readonly string[] = [];
  let knownWhenFound = -1;
  let loading: Promise<void> | null = null;

  function numberOf(id: string): number {
    let row = rows.get(id);
    if (row === undefined) {
      row = ids.push(id) - 1;
      rows.set(id, row);
    }
    return row;
  }

  async function load(): Promise<void> {
    const all: string[] = [];
    for (let after = ""; ;) {
      const page = await readIds(reads, after);
      for (const id of page) {
        numberOf(id);
        all.push(id);
      }
      const last = page.at(-1);
      if (page.length < idsAtOnce || last === undefined) break;
      after = last;
      await giveWay();
    }
    found = all;
    knownWhenFound = ids.length;
  }

  /** After a first sync or an import the old division would have one huge last step. */
  function isOutgrown(): boolean {
    return knownWhenFound < 0 || ids.length > knownWhenFound * growthShare + idsAtOnce;
  }
  function loadOnce(): Promise<void> {
    loading ??= load().finally(() => {
      loading = null;
    });
    return loading;
  }

  return {
    numberOf,
    known: (id) => rows.get(id),
    idOf: (row) => ids[row] ?? "",
    async pages(pageSize) {
      if (isOutgrown()) await loadOnce();
      const ends: string[] = [];
      for (let at = pageSize - 1; at < found.length - 1; at += pageSize) ends.push(found[at] as string);
      return [
        ...ends.map((through, at) => ({ after: ends[at - 1] ?? null, through })),
        { after: ends.at(-1) ?? null, through: null },
      ];
    },
  };
}

/** One long text instead of many rows: PGlite hands over a row in microseconds, and 100,000 of them add up. */
async function readIds(reads: Reads, after: string): Promise<string[]> {
  const [row] = await reads.sql<{ ids: string | null }>(
    `select string_agg(id, ' ' order by id) as ids from (
       select id from ${reads.table("leads")} where not deleted and id > $1 order by id limit ${idsAtOnce}
     ) page`,
    [after],
  );
  return row?.ids ? row.ids.split(" ") : [];
}
