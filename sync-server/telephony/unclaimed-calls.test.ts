import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CallState } from "../../shared/calls/call.ts";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { testTenant } from "../../testing/server/test-identities.ts";
import { inTenant, rowsOf, type Database } from "../database/index.ts";
import { takeCallEvents } from "../sync/index.ts";
import { askOfStanding, endUnclaimed, turnOf } from "./unclaimed-calls.ts";

// Ben talks to a caller at the company's own exchange, and gives them to Ana.
const start = Date.parse("2026-11-22T09:00:00.000Z");
const caller = "+13125550147";
const at = (second: number) => new Date(start + second * 1_000).toISOString();

let counted = 0;
function said(desk: string, second: number, what: object): CallEvent {
  counted += 1;
  return CallEvent.parse({
    source: `device:${desk}`,
    key: `${counted}`,
    seq: counted,
    at: at(second),
    ...what,
  });
}
const offered = (desk: string, second: number, from = caller) =>
  said(desk, second, { type: "offered", from, to: "101", provider: "sip" });
const answered = (who: string, second: number) => said(who, second, { type: "answered", agentId: who });
function gives(from: string, to: string, second: number): CallEvent[] {
  const transferId = `to-${to}-${second}`;
  const target = { kind: "agent", userId: to };
  return [
    said(from, second, { type: "transfer-started", transferId, mode: "blind", target }),
    said(from, second, { type: "transfer-completed", transferId }),
  ];
}
const given = (from = caller) => [offered("ben", 0, from), answered("ben", 5), ...gives("ben", "ana", 30)];

test("a call is another one's from when it was given, and theirs to claim once each time", () => {
  const toAna = given();
  expect(turnOf(toAna.slice(0, 2)), "whose it was first").toBeNull();
  expect(turnOf(toAna)).toMatchObject({
    agentId: "ana",
    otherNumber: caller,
    givenAt: at(30),
    isClaimed: false,
  });
  const claimed = [...toAna, answered("ana", 31)];
  expect(turnOf(claimed)).toMatchObject({ isClaimed: true });
  const back = [...claimed, ...gives("ana", "ben", 60)];
  expect(turnOf(back), "that he had it first claims nothing now").toMatchObject({
    agentId: "ben",
    isClaimed: false,
  });
  const again = [...back, answered("ben", 61)];
  expect(turnOf(again)).toMatchObject({ isClaimed: true });
  expect(turnOf(again.toReversed()), "in whatever order it was heard").toEqual(turnOf(again));
  expect(turnOf([...again, said("ben", 90, { type: "ended", why: "completed" })])).toBeNull();
});

test("a word that names which time it is counts for that time, and one that names none for each time but once", () => {
  const claims = (who: string, second: number, turn: number) => ({
    ...answered(who, second),
    key: `call-1:turn-${turn}`,
  });
  // She picked up before anybody had told her desk whose it was, and claimed it when that was told.
  const hers = [...given(), answered("ana", 31), claims("ana", 32, 1)];
  expect(turnOf(hers)).toMatchObject({ agentId: "ana", isClaimed: true });
  const back = [...hers, ...gives("ana", "ben", 60), claims("ben", 61, 2)];
  expect(turnOf(back)).toMatchObject({ agentId: "ben", isClaimed: true });
  const again = [...back, ...gives("ben", "ana", 90)];
  expect(turnOf(again), "she has it as another call now").toMatchObject({
    agentId: "ana",
    isClaimed: false,
  });
  expect(turnOf([...again, claims("ana", 91, 3)])).toMatchObject({ isClaimed: true });
  expect(turnOf([...again, claims("ben", 91, 3)]), "of whoever has it").toMatchObject({ isClaimed: false });
});

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

const hear = (id: string, second: number, ...events: CallEvent[]) =>
  inTenant(db, { tenantId: testTenant }, (tx) =>
    takeCallEvents(tx, testTenant, new Map([[id, events]]), { now: at(second) }),
  );
const jobsOf = (id: string) =>
  rowsOf<{ kind: string }>(db.owner, sql`SELECT kind FROM jobs WHERE key = ${id} AND kind = 'call.given'`);
const look = (id: string, second: number) =>
  endUnclaimed({ db, clock: { now: () => start + second * 1_000 } }, { tenantId: testTenant, key: id });
async function lineOf(id: string): Promise<CallState | undefined> {
  const [row] = await rowsOf<{ line: CallState }>(
    db.owner,
    sql`SELECT doc->'line' AS line FROM calls WHERE id = ${id}`,
  );
  return row?.line;
}
const transferred = {
  ...{ agentId: "ben", formerAgentIds: ["ana"], endedAt: at(30) },
  phase: { phase: "ended", why: "transferred" },
};

test("one that goes on as the same call is left alone, and one of a carrier is not looked after", async () => {
  await hear("same", 30, ...given("+14155550100"));
  expect(await jobsOf("same")).toHaveLength(1);
  await hear("same", 31, answered("ana", 31));
  expect(await look("same", 1_000)).toBeUndefined();
  expect(await lineOf("same")).toMatchObject({ agentId: "ana", phase: { phase: "live" } });
  const [first, ...rest] = given();
  await hear("carrier", 30, CallEvent.parse({ ...first, provider: "twilio" }), ...rest);
  expect(await jobsOf("carrier")).toEqual([]);
  expect(await look("carrier", 1_000)).toBeUndefined();
  expect(await lineOf("carrier")).toMatchObject({ agentId: "ana", phase: { phase: "live" } });
});

test("one that goes on as another call with the same person ended with whoever gave it, as soon as that is told", async () => {
  await hear("asked", 0, offered("ana", 0, "+493023125012"), answered("ana", 1));
  await hear("first", 30, ...given());
  expect(await look("first", 32)).toEqual(new Date(start + 37_000));
  // Written in another way, and begun before: she was asked first, and then they were put through.
  await hear("asked", 33, offered("ana", 33, "013125550147"));
  await look("first", 37);
  expect(await lineOf("first")).toMatchObject(transferred);
  expect(await lineOf("asked")).toMatchObject({ agentId: "ana", phase: { phase: "live" } });
  expect(await look("first", 42), "done is done").toBeUndefined();
});

test.each(["anonymous", ""])("a caller who is %o is nobody in particular", async (from) => {
  const [talk, first] = [`talk-${from}`, `first-${from}`];
  await hear(talk, 0, offered("ana", 0, from), answered("ana", 1));
  await hear(first, 30, ...given(from));
  expect(await look(first, 32)).toEqual(new Date(start + 37_000));
  expect(await lineOf(first)).toMatchObject({ agentId: "ana", phase: { phase: "live" } });
});

test("one of which nobody says anything has ended once no telephone rings any more", async () => {
  await hear("silent", 40, ...given("+442079460118"));
  expect(await look("silent", 239)).toEqual(new Date(start + 244_000));
  expect(await lineOf("silent")).toMatchObject({ agentId: "ana", phase: { phase: "live" } });
  expect(await look("silent", 240)).toBeUndefined();
  expect(await lineOf("silent")).toMatchObject(transferred);
});

test("of one that an older server let stand is asked once nothing was heard of it for hours, and of none that goes on", async () => {
  await hear("standing", 40, ...given("+442079460119"));
  await hear("claimed", 40, ...given("+442079460120"), answered("ana", 31));
  await hear("own", 40, offered("ben", 0, "+442079460121"), answered("ben", 5));
  await hear("over", 40, ...given("+442079460122"), said("ana", 35, { type: "ended", why: "completed" }));
  await hear("talked", 40, ...given("+442079460123"));
  const ids = ["standing", "claimed", "own", "over", "talked"];
  const forget = () => db.owner.execute(sql`DELETE FROM jobs WHERE key = ANY(${sql.param(ids)}::text[])`);
  const hour = 3_600;
  const askedAt = async (second: number) => {
    await askOfStanding({ db, clock: { now: () => start + second * 1_000 } });
    const asked = await Promise.all(ids.map(async (id) => ((await jobsOf(id)).length > 0 ? [id] : [])));
    return asked.flat();
  };
  await forget();
  expect(await askedAt(5 * hour)).toEqual([]);
  await hear("talked", 5 * hour, said("ana", 5 * hour, { type: "held" }));
  expect(await askedAt(7 * hour), "a talk is asked of in vain, and one of which something was heard not at all").toEqual(["standing", "claimed"]); // prettier-ignore
  for (const id of ["standing", "claimed"]) await look(id, 7 * hour);
  expect(await lineOf("standing")).toMatchObject(transferred);
  expect(await lineOf("claimed")).toMatchObject({ agentId: "ana", phase: { phase: "live" } });
  // Who was in it after all says so, however late: their word outweighs what was supposed.
  await hear("standing", 8 * hour, answered("ana", 31), said("ana", 90, { type: "ended", why: "completed" }));
  expect(await lineOf("standing")).toMatchObject({
    agentId: "ana",
    endedAt: at(90),
    phase: { why: "completed" },
  });
});
