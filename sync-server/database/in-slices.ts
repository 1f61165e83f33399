import { inSystem, type Database, type Tx } from "./database.ts";

/** What is left after so many is done the next time. */
const mostSlices = 200;

/**
 * Does what would be one long statement in slices, each a transaction of its own: others wait for none of them long.
 * @param work says how many rows it took: `most` where there may be more
 * @returns how many in all
 */
export async function inSlices(
  db: Database,
  most: number,
  work: (tx: Tx) => Promise<number>,
): Promise<number> {
  let taken = 0;
  for (let slice = 0; slice < mostSlices; slice += 1) {
    const some = await inSystem(db, work);
    taken += some;
    if (some < most) break;
  }
  return taken;
}
