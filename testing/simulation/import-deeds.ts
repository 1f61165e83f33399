import { join } from "node:path";
import type { Replica } from "../../main/replica/replica.ts";
import { must, openImportDesk, type ImportDesk } from "../fakes/import-desk.ts";
import type { SimDesk } from "./sim-desk.ts";
import { skewedClock } from "./virtual-time.ts";
import type { World } from "./world.ts";

/** A person brings a small file in, by the import's own code: checked, made into leads, and noted in its ledger. */
export async function importFile(world: World): Promise<void> {
  const desk = world.dice.pick(world.desks);
  await withImports(world, desk, (imports) => bringIn(world, desk, imports));
}

/** They look at what came of it, perhaps for a while, and take it back; what others have worked on stays. */
export async function importAndTakeBack(world: World): Promise<void> {
  const desk = world.dice.pick(world.desks);
  const { importId, ids } = await withImports(world, desk, (imports) => bringIn(world, desk, imports));
  await world.time.pass(world.dice.between(1, 20_000));
  for (const id of ids) world.deleted.add(id);
  await withImports(world, desk, async (imports) => {
    // What was brought in before is known in a moment.
    await imports.ended(importId);
    await must(imports.handlers.undoImport({ importId }));
    const { step, message } = await imports.until(importId, (state) => state.step !== "done");
    if (step !== "undone") throw new Error(`${desk.name}: taking an import back ended ${step}: ${message}`);
  });
}

type Brought = { importId: string; ids: string[] };

async function bringIn(world: World, desk: SimDesk, imports: ImportDesk): Promise<Brought> {
  const names = Array.from({ length: world.dice.between(10, 60) }, () => world.ledger.nextToken("lead"));
  const lines = names.map((name, row) => `${name};${row % 7 === 0 ? "" : `${name}@import.example`}`);
  const importId = await imports.upload(`Name;E-mail\n${lines.join("\n")}\n`);
  const { checked } = await imports.checked(importId);
  const { step, result, message } = await imports.run(importId);
  if (checked.fresh !== names.length || result?.created !== names.length)
    throw new Error(
      `${desk.name}: an import ended ${step}: ${message} ${JSON.stringify({ checked, result })}`,
    );
  const { reads } = desk.open().replica;
  const made = await reads.sql<{ id: string; name: string }>(
    `SELECT id, doc->>'name' AS name FROM ${reads.table("leads")} WHERE NOT deleted AND doc->>'importId' = $1`,
    [importId],
  );
  for (const { id, name } of made)
    world.ledger.note({ collection: "leads", id, field: "name", token: name, desk: desk.name });
  if (made.length !== names.length) throw new Error(`${desk.name}: ${made.length} of ${names.length} leads`);
  return { importId, ids: made.map(({ id }) => id) };
}

/** While it works the world waits: its files and pauses are real. What it has kept lies beside the replica. */
async function withImports<T>(
  { time }: World,
  desk: SimDesk,
  work: (imports: ImportDesk) => Promise<T>,
): Promise<T> {
  const { replica } = desk.open();
  const folder = join(replica.folder.root, "imports");
  const imports = openImportDesk(holdingLittle(replica, desk), folder, skewedClock(time, 0));
  try {
    return await time.hold(work(imports));
  } finally {
    imports.close();
    await imports.stopJobs();
  }
}

/** A desk of this world holds some collections only; nothing stands in the others. */
function holdingLittle({ me, reads, edits }: Replica, { collections }: SimDesk): Replica {
  const nothing = "(SELECT NULL::text AS id, TRUE AS deleted, '{}'::jsonb AS doc WHERE FALSE)";
  return {
    me,
    edits,
    reads: { ...reads, table: (name) => (collections.includes(name) ? reads.table(name) : nothing) },
  };
}
