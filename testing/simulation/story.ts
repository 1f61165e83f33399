import type { FieldValue } from "../../shared/entities/fields.ts";
import type { Draft } from "../../main/replica/replica.ts";
import { fields } from "../fakes/blank-fields.ts";
import { importAndTakeBack, importFile } from "./import-deeds.ts";
import { people, type TestPerson } from "../server/test-identities.ts";
import type { Children } from "./collections.ts";
import { calm, storm } from "./sim-link.ts";
import type { SimDesk } from "./sim-desk.ts";
import type { World } from "./world.ts";

type Deed = { name: string; weight: number; run(world: World): Promise<void> };

/** One thing that happens: mostly people at work, sometimes the world being unkind. */
export function happen(world: World): Promise<void> {
  return runDeed(world, pickDeed(world));
}

/** Whatever the dice have left out happens once: no run goes without a restart, an import or somebody's lost sight. */
export async function makeUpFor(world: World): Promise<void> {
  for (const deed of deedsOf(world)) {
    if (world.did[deed.name]) continue;
    await runDeed(world, deed);
    await world.time.pass(world.dice.between(0, 3_000));
  }
  if (!world.did["lost power for real"]) await losePowerForReal(world);
  await giveAwayAndTakeBack(world);
}

/**
 * The server is put back to a backup in the middle of the work, with whatever weather there is. Nobody loses power from
 * the backup on: what stood only in a replica that was lost, too, is lost for good ([REST-4]).
 */
export async function restoreServer(world: World): Promise<void> {
  const { server, time, did } = world;
  if (!server.isUp()) await time.hold(server.start());
  const backup = await time.hold(server.backUp());
  await goOn(world);
  await time.hold(server.putBack(backup));
  did["restore the server"] = (did["restore the server"] ?? 0) + 1;
  await goOn(world);
}

async function goOn(world: World): Promise<void> {
  for (let step = 0; step < 20; step++) {
    const deed = pickDeed(world);
    if (deed.run !== losePower) await runDeed(world, deed);
    await world.time.pass(world.dice.between(0, 3_000));
  }
}

async function runDeed(world: World, deed: Deed): Promise<void> {
  world.did[deed.name] = (world.did[deed.name] ?? 0) + 1;
  await deed.run(world);
}

const deeds: readonly Deed[] = [
  { name: "edit a field", weight: 22, run: editField },
  { name: "write into the notes", weight: 10, run: (world) => writeNotes(world, "leads") },
  { name: "tag", weight: 6, run: tagLead },
  { name: "add a lead", weight: 8, run: addLead },
  { name: "add what hangs on a lead", weight: 6, run: addChild },
  { name: "edit what hangs on a lead", weight: 5, run: editChild },
  { name: "import", weight: 2, run: importFile },
  { name: "import and take back", weight: 1, run: importAndTakeBack },
  { name: "delete", weight: 5, run: deleteLead },
  { name: "delete and undo", weight: 2, run: deleteAndUndo },
  { name: "hand over", weight: 6, run: handOver },
  { name: "change teams", weight: 2, run: changeTeams },
  { name: "settle", weight: 3, run: settleKept },
  { name: "go offline or online", weight: 8, run: toggleLink },
  { name: "change the weather", weight: 3, run: changeWeather },
  { name: "restart the server", weight: 2, run: restartServer },
  { name: "crash a desk", weight: 1.5, run: ({ dice, desks }) => dice.pick(desks).crash() },
  { name: "copy a folder", weight: 1.5, run: ({ dice, desks }) => dice.pick(desks).remember() },
  { name: "lose power", weight: 1.2, run: losePower },
];

/** Apart: a deed more would tell every seed another story. */
const deedsWithCalls: readonly Deed[] = [
  ...deeds,
  { name: "carrier tells of a call", weight: 5, run: hearOfCall },
  { name: "write into the notes of a call", weight: 6, run: (world) => writeNotes(world, "calls") },
];

function deedsOf({ children }: World): readonly Deed[] {
  return children === "calls" ? deedsWithCalls : deeds;
}

function pickDeed(world: World): Deed {
  const all = deedsOf(world);
  let left = world.dice.random() * all.reduce((sum, { weight }) => sum + weight, 0);
  for (const deed of all) {
    left -= deed.weight;
    if (left < 0) return deed;
  }
  return all[0] as Deed;
}

/** Applies at once, as the person sees it; an answer of the desk is a promise that the ledger holds it to. */
async function apply(desk: SimDesk, drafts: Draft[], keepPromise: () => void): Promise<string | null> {
  const result = await desk.open().replica.edits.apply(drafts, "Simulated");
  if (!result.ok) return null;
  if (result.value.count > 0) keepPromise();
  return result.value.undoId;
}

type Found = { desk: SimDesk; doc: Record<string, FieldValue> & { id: string } };

async function pickRecord(world: World, collection: "leads" | Children): Promise<Found | null> {
  const desk = world.dice.pick(world.desks.filter(({ collections }) => collections.includes(collection)));
  const { reads } = desk.open().replica;
  const rows = await reads.sql<{ id: string }>(
    `SELECT id FROM ${reads.table(collection)} WHERE NOT deleted ORDER BY id`,
  );
  if (rows.length === 0) return null;
  // The same few records again and again: that is where people meet.
  const { id } = world.dice.pick(world.dice.chance(0.7) ? rows.slice(0, 2) : rows);
  const doc = await reads.get(collection, id);
  return doc ? { desk, doc: doc as unknown as Record<string, FieldValue> & { id: string } } : null;
}

async function editField(world: World): Promise<void> {
  const found = await pickRecord(world, "leads");
  if (!found) return;
  const field = world.dice.pick(["name", "city"]);
  await setField(world, found, "leads", field);
}

async function editChild(world: World): Promise<void> {
  const { children } = world;
  const found = await pickRecord(world, children);
  if (found) await setField(world, found, children, nameOf[children]);
}

/** What people call it, or how a call ended. */
const nameOf = { tasks: "title", deals: "name", calls: "disposition" } as const satisfies Record<
  Children,
  string
>;

async function setField(
  world: World,
  { desk, doc }: Found,
  collection: "leads" | Children,
  field: string,
): Promise<void> {
  const { id } = doc;
  const token = world.ledger.nextToken(field);
  // As windows say it: what comes in before the edit is made was not seen.
  const seen = { [field]: doc[field] ?? null };
  await apply(desk, [{ kind: "update", collection, id, set: { [field]: token }, seen }], () =>
    world.ledger.note({ collection, id, field, token, desk: desk.name, seen: String(doc[field]) }),
  );
}

async function writeNotes(world: World, collection: "leads" | "calls"): Promise<void> {
  const found = await pickRecord(world, collection);
  if (!found) return;
  const { desk, doc } = found;
  const token = world.ledger.nextToken("note");
  const lines = String(doc["notes"]).split("\n").filter(Boolean);
  const position = world.dice.between(0, lines.length);
  // Sometimes a line is rewritten rather than added: that is where two people cannot both have it.
  lines.splice(position, world.dice.chance(0.4) ? 1 : 0, token);
  await apply(desk, [{ kind: "update", collection, id: doc.id, set: { notes: lines.join("\n") } }], () =>
    world.ledger.note({ collection, id: doc.id, field: "notes", token, desk: desk.name }),
  );
}

async function tagLead(world: World): Promise<void> {
  const found = await pickRecord(world, "leads");
  if (!found) return;
  const { desk, doc } = found;
  const tags = doc["tags"] as string[];
  const token = world.ledger.nextToken("tag");
  const left = world.dice.chance(0.3) ? tags.slice(1) : tags;
  await apply(
    desk,
    [{ kind: "update", collection: "leads", id: doc.id, set: { tags: [...left, token] } }],
    () => world.ledger.note({ collection: "leads", id: doc.id, field: "tags", token, desk: desk.name }),
  );
}

function ownLead(world: World, desk: SimDesk): { draft: Draft; id: string; token: string } {
  const token = world.ledger.nextToken("lead");
  const id = `id-${token}`;
  const { dice } = world;
  const ownerId = dice.chance(0.7) ? desk.who.userId : null;
  const teamId = dice.chance(0.7) ? (desk.who.teamIds[0] ?? dice.pick(["north", "south"])) : null;
  const given = fields.lead({ name: token, ownerId, teamId }) as Record<string, FieldValue>;
  return { id, token, draft: { kind: "create", collection: "leads", id, fields: given } };
}

async function addLead(world: World): Promise<void> {
  const desk = world.dice.pick(world.desks);
  const { draft, id, token } = ownLead(world, desk);
  await apply(desk, [draft], () =>
    world.ledger.note({ collection: "leads", id, field: "name", token, desk: desk.name }),
  );
}

async function addChild(world: World): Promise<void> {
  const found = await pickRecord(world, "leads");
  if (found?.desk.collections.includes(world.children)) await hangOn(world, found.desk, found.doc.id);
}

async function hangOn(world: World, desk: SimDesk, leadId: string): Promise<void> {
  const { children, did } = world;
  const field = nameOf[children];
  const token = world.ledger.nextToken(field);
  const id = `id-${token}`;
  const { userId } = desk.who;
  const given = {
    tasks: () => fields.task({ title: token, leadId, assigneeId: userId }),
    deals: () => fields.deal({ name: token, leadId, ownerId: userId }),
    // Written down by hand.
    calls: () => fields.call({ disposition: token, leadId, agentId: userId }),
  }[children]();
  const draft = { kind: "create", collection: children, id, fields: given } as Draft;
  await apply(desk, [draft], () => {
    did[hung] = (did[hung] ?? 0) + 1;
    world.ledger.note({ collection: children, id, field, token, desk: desk.name });
  });
}

const hung = "hung something on a lead";

/** Mostly with those on whom several people work; a carrier knows nobody whom the server does not know. */
async function hearOfCall(world: World): Promise<void> {
  const { dice, server, time } = world;
  const leads = (await time.hold(server.readAll("leads"))).filter(({ deleted }) => !deleted);
  if (leads.length === 0) return;
  const { id } = dice.pick(dice.chance(0.7) ? leads.slice(0, 2) : leads);
  await tellOfCall(world, id, dice.pick([people.ana, people.ben]));
}

async function tellOfCall({ server, ledger, time }: World, leadId: string, who: TestPerson): Promise<void> {
  await time.hold(server.tellOfCall({ id: `told-${ledger.nextToken("call")}`, leadId, who }));
}

async function deleteLead(world: World): Promise<void> {
  const found = await pickRecord(world, "leads");
  if (!found) return;
  world.deleted.add(found.doc.id);
  await apply(found.desk, [{ kind: "delete", collection: "leads", id: found.doc.id }], () => {});
}

async function deleteAndUndo(world: World): Promise<void> {
  const found = await pickRecord(world, "leads");
  if (!found) return;
  world.deleted.add(found.doc.id);
  const undoId = await apply(
    found.desk,
    [{ kind: "delete", collection: "leads", id: found.doc.id }],
    () => {},
  );
  await world.time.pass(world.dice.between(1, 20_000));
  if (undoId) await found.desk.open().replica.edits.undo(undoId);
}

async function handOver(world: World): Promise<void> {
  const found = await pickRecord(world, "leads");
  if (!found) return;
  const to = world.dice.pick([people.ana, people.ben]);
  const set = { ownerId: to.userId, teamId: to.teamIds[0] ?? null };
  await apply(found.desk, [{ kind: "update", collection: "leads", id: found.doc.id, set }], () => {});
}

/** With what hangs on it, in good weather and with time between, so that everybody has heard of each. */
async function giveAwayAndTakeBack(world: World): Promise<void> {
  const { desks, time, server } = world;
  const admin = desks.at(-1);
  if (!admin) return;
  for (const { link } of desks) Object.assign(link, { up: true, weather: calm });
  if (!server.isUp()) await time.hold(server.start());
  // Who is in both teams by now would see it wherever it goes.
  for (const who of [people.ana, people.ben]) await server.changeTeams(who, [...who.teamIds]);
  const { draft, id, token } = ownLead(world, admin);
  await apply(admin, [draft], () =>
    world.ledger.note({ collection: "leads", id, field: "name", token, desk: admin.name }),
  );
  await hangOn(world, admin, id);
  for (const { userId, teamIds } of [people.ana, people.ben, people.ana]) {
    const set = { ownerId: userId, teamId: teamIds[0] ?? null };
    await apply(admin, [{ kind: "update", collection: "leads", id, set }], () => {});
    await time.pass(120_000);
    if (world.children !== "calls") continue;
    await tellOfCall(world, id, people.ben);
    await time.pass(120_000);
  }
}

async function changeTeams({ dice, server }: World): Promise<void> {
  if (!server.isUp()) return;
  const who: TestPerson = dice.pick([people.ana, people.ben]);
  await server.changeTeams(who, dice.pick([["north"], ["south"], ["north", "south"], []]));
}

async function settleKept(world: World): Promise<void> {
  const desk = world.dice.pick(world.desks);
  const { reads } = desk.open().replica;
  const rows = await reads.sql<{ id: string; kept: { id: string; settledAt: string | null }[] }>(
    `SELECT id, doc->'kept' AS kept FROM ${reads.table("leads")} WHERE NOT deleted AND jsonb_array_length(doc->'kept') > 0 ORDER BY id`,
  );
  const open = rows.flatMap(({ id, kept }) =>
    kept.filter(({ settledAt }) => settledAt === null).map((value) => ({ id, keptId: value.id })),
  );
  if (open.length === 0) return;
  const { id, keptId } = world.dice.pick(open);
  await apply(desk, [{ kind: "settle", collection: "leads", id, keptId }], () => {});
}

async function toggleLink({ dice, desks }: World): Promise<void> {
  const { link } = dice.pick(desks);
  link.up = !link.up;
}

async function changeWeather({ dice, desks }: World): Promise<void> {
  dice.pick(desks).link.weather = dice.chance(0.4) ? calm : storm;
}

async function restartServer({ server, time, dice }: World): Promise<void> {
  await time.hold(server.stop());
  await time.pass(dice.between(100, 30_000));
  await time.hold(server.start());
}

function losePower(world: World): Promise<void> {
  return losePowerAt(world, world.dice.pick(world.desks));
}

async function losePowerForReal(world: World): Promise<void> {
  const [desk] = world.desks;
  await desk?.remember();
  if (desk) await losePowerAt(world, desk);
}

async function losePowerAt({ did }: World, desk: SimDesk): Promise<void> {
  if (await desk.losePower()) did["lost power for real"] = (did["lost power for real"] ?? 0) + 1;
}
