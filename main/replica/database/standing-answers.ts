import type { z } from "zod";
import type { RunSql } from "./local-tables.ts";

/**
 * Answers that are costly to work out and hold for as long as no record is written: the first page of a list, the
 * number of leads. They are kept when the replica is closed, in its own database, so that they go wherever it goes:
 * to nobody else, and away with a wipe.
 *
 * Invariant: what is kept is what would be worked out anew. The first write after an opening removes it from the disk
 * before it changes anything, and nothing is kept that was read before, or while, a record was written.
 */
export type StandingAnswers = {
  /** Null = to be worked out. */
  get<T>(name: string, schema: z.ZodType<T>): T | null;
  /** Counts writes: to be asked before an answer is read. */
  version(): number;
  /** Keeps an answer unless records were written since `asOf`. */
  put(name: string, answer: unknown, asOf: number): void;
};

/** What the database itself does with them. */
export type KeptAnswers = StandingAnswers & {
  /** Every write of records goes through here. */
  aroundWrite<T>(write: () => Promise<T>): Promise<T>;
  /** To be called in the last turn, after the last write. */
  save(): Promise<void>;
};

/** The views that somebody looks at in turn, and the numbers around them. */
const mostKept = 12;

/** @param sql of a database with `ringside_standing` */
export async function openStandingAnswers(sql: RunSql): Promise<KeptAnswers> {
  const rows = await sql<{ name: string; answer: unknown }>("select name, answer from ringside_standing");
  // In the order in which they were wanted, so that the first is the one to let go.
  const answers = new Map(rows.map(({ name, answer }) => [name, answer]));
  let onDisk = rows.length > 0;
  let changed = false;
  let version = 0;

  function keep(name: string, answer: unknown): void {
    answers.delete(name);
    answers.set(name, answer);
    const [oldest] = answers.keys();
    if (answers.size > mostKept && oldest !== undefined) answers.delete(oldest);
  }

  async function forget(): Promise<void> {
    version += 1;
    answers.clear();
    if (!onDisk) return;
    await sql("delete from ringside_standing");
    onDisk = false;
  }

  return {
    get(name, schema) {
      const parsed = schema.safeParse(answers.get(name));
      if (!parsed.success) return null;
      keep(name, parsed.data);
      return parsed.data;
    },
    version: () => version,
    put(name, answer, asOf) {
      if (asOf !== version) return;
      changed = true;
      keep(name, answer);
    },
    async aroundWrite(write) {
      await forget();
      try {
        return await write();
      } finally {
        // What was read while it was under way may be of before it.
        version += 1;
        answers.clear();
      }
    },
    async save() {
      if (!changed || answers.size === 0) return;
      await sql("delete from ringside_standing");
      await sql(
        `insert into ringside_standing (name, answer)
         select item->>0, item->1 from jsonb_array_elements($1::jsonb) item`,
        [JSON.stringify([...answers])],
      );
    },
  };
}
