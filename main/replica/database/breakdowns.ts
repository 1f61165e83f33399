import { readFile, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { Clock } from "../../../shared/result/ports.ts";
import { probeDisk, type Failure } from "../pglite-storage/index.ts";

/** Times (ms) at which a database failed while its disk was well. */
const Breakdowns = z.object({ damaged: z.boolean(), brokenAt: z.array(z.number()) });
type Breakdowns = z.infer<typeof Breakdowns>;

const none: Breakdowns = { damaged: false, brokenAt: [] };
/** So many in so long, and the fault is in the folder. */
const mostBreakdowns = 3;
const withinMs = 10 * 60_000;

/**
 * What a replica that has to give up leaves for its next start, in a file beside the database: damage is found by
 * reading, which opening alone does not do.
 */
export async function noteBreakdown(database: string, failure: Failure, clock: Clock): Promise<void> {
  // A full or read-only disk explains it, and is not the database's fault.
  if ((await probeDisk(database)) !== null) return;
  const known = await readBreakdowns(database);
  const brokenAt = [...known.brokenAt, clock.now()].slice(-mostBreakdowns);
  const noted: Breakdowns = { damaged: known.damaged || failure === "damaged", brokenAt };
  await writeFile(fileOf(database), JSON.stringify(noted));
}

/** Whether the database is to be set aside instead of opened. */
export async function isBeyondRepair(database: string, clock: Clock): Promise<boolean> {
  const { damaged, brokenAt } = await readBreakdowns(database);
  const recent = brokenAt.filter((at) => Math.abs(clock.now() - at) < withinMs);
  return damaged || recent.length >= mostBreakdowns;
}

/** Once a new database stands in its place. */
export async function forgetBreakdowns(database: string): Promise<void> {
  await rm(fileOf(database), { force: true });
}

async function readBreakdowns(database: string): Promise<Breakdowns> {
  try {
    return Breakdowns.parse(JSON.parse(await readFile(fileOf(database), "utf8")));
  } catch {
    return none;
  }
}

function fileOf(database: string): string {
  return `${database}.breakdowns.json`;
}
