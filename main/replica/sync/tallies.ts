import { z } from "zod";
import { collectionNames } from "../../../shared/entities/collections.ts";
import { hasKept } from "../database/kept-index.ts";
import type { Reads } from "../replica.ts";

/** Numbers that the status bar shows all the time; counted once, then kept up with each change. */
export type Tallies = {
  leads(): number;
  /** Values that lost and that nobody has looked at. */
  openKept(): number;
  close(): void;
};

const Counts = z.object({ leads: z.int(), openKept: z.int() });
const standingName = "tallies";

/** Called before anything else may write, so that no change falls between the count and the first one told of. */
export async function openTallies(reads: Reads): Promise<Tallies> {
  const { standing } = reads;
  let { leads, openKept } = standing.get(standingName, Counts) ?? (await count(reads));
  const stop = reads.onChange(({ collection, records }) => {
    for (const { before, after } of records) {
      if (collection === "leads") leads += Number(after !== null) - Number(before !== null);
      openKept += openIn(after) - openIn(before);
    }
  });
  return {
    leads: () => leads,
    openKept: () => openKept,
    close() {
      stop();
      standing.put(standingName, { leads, openKept }, standing.version());
    },
  };
}

async function count(reads: Reads): Promise<z.infer<typeof Counts>> {
  const [row] = await reads.sql<{ leads: number; kept: number }>(
    // Two indexes tell it; reading 100,000 rows to see that they are not deleted takes a quarter of a second.
    `select (select count(*) from ${reads.table("leads")})::int
         - (select count(*) from ${reads.table("leads")} where deleted)::int as leads,
       (${collectionNames.map((name) => openKeptSql(reads.table(name))).join(" + ")})::int as kept`,
  );
  return { leads: row?.leads ?? 0, openKept: row?.kept ?? 0 };
}

function openKeptSql(table: string): string {
  return `(select count(*) from ${table}, jsonb_array_elements(doc->'kept') value
    where not deleted and ${hasKept} and value->'settledAt' = 'null')`;
}

function openIn(record: { kept?: readonly { settledAt: string | null }[] } | null): number {
  return record?.kept?.filter(({ settledAt }) => settledAt === null).length ?? 0;
}
