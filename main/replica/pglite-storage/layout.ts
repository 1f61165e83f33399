import { createHash } from "node:crypto";
import type { Run, Statements } from "./statements.ts";

/**
 * Remembers which tables and indexes a database has been given, and by which statements. `IF NOT EXISTS` is cheap
 * once, but a desk has some eighty such statements, a sixth of what opening took.
 */
export type Layout = {
  /**
   * Runs the statements unless the relation stands and was made by just these.
   * @param relation quoted, as `to_regclass` takes it
   * @param statements each harmless where it has run before
   */
  make(relation: string, statements: readonly string[], run: Run): Promise<void>;
  /** To be called before the relation is dropped. */
  forget(relation: string, run: Run): Promise<void>;
};

const table = "ringside_layout";
const undefinedTable = "42P01";

/** Reads what the database remembers; one that remembers nothing is given everything once more. */
export async function openLayout(statements: Statements): Promise<Layout> {
  const made = await statements.exclusive(readMade);
  return {
    async make(relation, steps, run) {
      const digest = digestOf(steps);
      if (made.get(relation) === digest) return;
      for (const step of steps) await run(step, []);
      await run(`CREATE TABLE IF NOT EXISTS ${table} (relation text PRIMARY KEY, digest text NOT NULL)`, []);
      await run(
        `INSERT INTO ${table} (relation, digest) VALUES ($1, $2)
         ON CONFLICT (relation) DO UPDATE SET digest = excluded.digest`,
        [relation, digest],
      );
      made.set(relation, digest);
    },
    async forget(relation, run) {
      if (made.delete(relation)) await run(`DELETE FROM ${table} WHERE relation = $1`, [relation]);
    },
  };
}

/** A relation that is gone, whoever dropped it, counts as never made. */
async function readMade(run: Run): Promise<Map<string, string>> {
  try {
    const rows = await run(
      `SELECT relation, digest FROM ${table} WHERE to_regclass(relation) IS NOT NULL`,
      [],
    );
    return new Map(rows.map(([relation, digest]) => [relation ?? "", digest ?? ""]));
  } catch (error) {
    if ((error as { code?: unknown }).code !== undefinedTable) throw error;
    return new Map();
  }
}

function digestOf(statements: readonly string[]): string {
  return createHash("sha256").update(statements.join(";\n")).digest("hex").slice(0, 32);
}
