import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { isOver, type FakeLeg } from "../../testing/telephony/fake-line.ts";
import { testTenant } from "../../testing/server/test-identities.ts";
import { anasNumber, ourNumber } from "../../testing/telephony/open-line-stage.ts";
import { runReconcile } from "../../testing/telephony/run-reconcile.ts";
import { useLineStage } from "../../testing/telephony/use-line-stage.ts";
import { inSystem, inTenant, rowsOf, schema } from "../database/index.ts";
import { addJob } from "../jobs/index.ts";

// What a carrier did without our hearing of it, and what is wanted otherwise before it was asked again. The server's
// clock stands still: nothing is tried a second time because time has passed.

const standstill = Date.now();
let aheadMs = 0;
const at = useLineStage(openTestDatabase, { clock: { now: () => standstill + aheadMs } });
let caller: FakeLeg;
let callId: string;

let release = async () => {};
afterEach(() => release());
beforeEach(async () => {
  aheadMs = 0;
  ({ caller, callId } = await at.talk());
  await at.soon(() => caller.recording).toBe("on");
  await at.soon(openJobs).toEqual([]);
});

const openJobs = () => jobsOf("call.settle");

function jobsOf(kind: string): Promise<{ error: string | null }[]> {
  return inSystem(at.stage.db, (tx) =>
    rowsOf<{ error: string | null }>(tx, sql`SELECT error FROM jobs WHERE kind = ${kind}`),
  );
}

/** Somebody calls whom nobody answers yet; of what the carrier does then, nothing is heard. */
async function ringUnheard(): Promise<{ own: FakeLeg; rung: () => FakeLeg[] }> {
  await at.stage.present("ben");
  Object.assign(at.stage.fake.state, { losesDials: true, isSilent: true });
  const rung = () => at.stage.fake.legs().filter(({ to }) => to.kind === "desk" && to.userId === "ben");
  const { caller: own } = await at.stage.callIn(ourNumber);
  await at.soon(rung).toHaveLength(1);
  await at.soon(openJobs).toMatchObject([{ error: expect.stringContaining("lost") }]);
  return { own, rung };
}

test("a desk rings once where the answer to its dial was lost and the carrier's reports are late", async () => {
  const { rung } = await ringUnheard();
  // Time for another try.
  aheadMs = 1_000;
  await at.soon(openJobs).toEqual([]);
  Object.assign(at.stage.fake.state, { losesDials: false, isSilent: false });
  const [desk] = rung();
  at.stage.fake.answer(desk as FakeLeg);
  await at.soon(at.phases).toEqual(["live", "live"]);
  expect(rung()).toEqual([desk]);
});

test("a desk does not ring on for a caller who went while nobody knew that it rang", async () => {
  const { own, rung } = await ringUnheard();
  at.stage.fake.state.isSilent = false;
  at.stage.fake.end(own, "completed");
  await at.soon(() => rung().map(isOver)).toEqual([true]);
});

test("a recording begins a while later where nobody heard that the caller had been told and put through", async () => {
  const { stage, soon } = at;
  await stage.present("ben");
  stage.fake.state.isSilent = true;
  const { caller: other, twiml } = await stage.callIn(ourNumber);
  expect(twiml).toContain("This call is recorded");
  const desk = await at.untilRings("ben");
  stage.fake.state.isSilent = false;
  stage.fake.answer(desk);
  await soon(at.phases).toEqual(["live", "live"]);
  await soon(openJobs).toEqual([]);
  expect(other.recording).toBe("off");
  aheadMs = 61_000;
  const bens = (await stage.calls()).find(({ id }) => id !== callId)?.id;
  await runReconcile(stage.db, String(bens));
  await soon(() => other.recording).toBe("on");
});

test("who was asked in is there a while later where nobody heard that they had been told and put through", async () => {
  const { stage, soon } = at;
  const target = { kind: "number", number: "+442079460018" };
  await stage.control("ana", callId, { do: "add-party", partyId: "one", target });
  const third = () => stage.fake.legs().find(({ to }) => to.kind === "number");
  await soon(() => third()?.status).toBe("ringing");
  expect(third()?.script[0]).toMatchObject({ do: "say", text: expect.stringContaining("is recorded") });
  // Picked up, and the report of their coming in is lost.
  stage.fake.end(third() as FakeLeg, "answered");
  const isUp = () =>
    inSystem(stage.db, (tx) => rowsOf(tx, sql`SELECT state FROM call_legs WHERE role = 'party'`));
  await soon(isUp).toEqual([{ state: "live" }]);
  expect((await at.lineNow())?.parties).toEqual([]);
  aheadMs = 600_000;
  await runReconcile(stage.db, callId);
  await soon(async () => (await at.lineNow())?.parties).toMatchObject([{ partyId: "one" }]);
});

test("of two lost dials to one number each stays what it was: whose it is, the carrier's reports say", async () => {
  const { stage, soon } = at;
  await stage.present("ben");
  const { caller: other } = await stage.callIn(ourNumber);
  stage.fake.answer(await at.untilRings("ben"));
  await soon(at.phases).toEqual(["live", "live"]);
  await soon(() => other.recording).toBe("on");
  await soon(openJobs).toEqual([]);
  Object.assign(stage.fake.state, { losesDials: true, isSilent: true });
  const target = { kind: "number", number: "+442079460018" };
  const bens = (await stage.calls()).find(({ id }) => id !== callId)?.id;
  const asked = [
    stage.control("ana", callId, { do: "add-party", partyId: "one", target }),
    stage.control("ben", String(bens), { do: "add-party", partyId: "two", target }),
  ];
  const rung = () => stage.fake.legs().filter(({ to }) => to.kind === "number");
  await soon(rung).toHaveLength(2);
  const lost = { error: expect.stringContaining("lost") };
  await soon(openJobs).toMatchObject([lost, lost]);
  aheadMs = 1_000;
  const waits = { error: expect.stringContaining("several") };
  await soon(openJobs).toMatchObject([waits, waits]);
  Object.assign(stage.fake.state, { losesDials: false, isSilent: false });
  for (const leg of rung()) stage.fake.answer(leg);
  await soon(knownSids).toEqual(Object.fromEntries(rung().map(({ legId, sid }) => [legId, sid])));
  await Promise.all(asked);
  expect(rung().map(isOver)).toEqual([false, false]);
});

test("a lost dial is found beside one to the same number that has gone over into another call since", async () => {
  const { stage, soon } = at;
  const number = "+442079460018";
  const [known] = await stage.db.owner.select().from(schema.lineCalls);
  const before = { tenantId: testTenant, accountId: known?.accountId ?? "", callId: "merged" };
  const over = new Date(standstill);
  await stage.db.owner
    .insert(schema.lineCalls)
    .values({ ...before, direction: "outbound", ours: ourNumber, theirs: number, overAt: over });
  const purpose = { wentOverAs: { legId: "there", sid: "CAthere" } };
  await stage.db.owner
    .insert(schema.callLegs)
    .values({ ...before, id: "trace", role: "customer", purpose, state: "ended", askedAt: over });
  Object.assign(stage.fake.state, { losesDials: true, isSilent: true });
  const target = { kind: "number", number };
  const asked = stage.control("ana", callId, { do: "add-party", partyId: "one", target });
  const rung = () => stage.fake.legs().filter(({ to }) => to.kind === "number");
  await soon(rung).toHaveLength(1);
  await soon(openJobs).toMatchObject([{ error: expect.stringContaining("lost") }]);
  aheadMs = 1_000;
  await soon(async () => Object.values(await knownSids())).toContain(rung()[0]?.sid);
  await asked;
});

describe("a dial that the carrier does not answer in time", () => {
  const target = { kind: "number", number: "+442079460018" };
  const rung = () => at.stage.fake.legs().filter(({ to }) => to.kind === "number");

  async function askSlowly(): Promise<void> {
    at.stage.fake.state.isSlow = true;
    release = async () => void (await asked);
    const asked = at.stage.control("ana", callId, { do: "add-party", partyId: "one", target });
    await at.soon(openJobs).toMatchObject([{ error: expect.stringContaining("lost") }]);
    // As long as an answer is waited for.
    aheadMs = 9_000;
    await at.soon(openJobs).toMatchObject([{ error: expect.stringContaining("about to dial") }]);
    expect(rung()).toEqual([]);
    Object.assign(at.stage.fake.state, { isSlow: false });
  }

  test("is waited for, and rings once", async () => {
    await askSlowly();
    at.stage.fake.state.isSilent = true;
    at.stage.fake.beginSlow();
    aheadMs = 14_000;
    await at.soon(openJobs).toEqual([]);
    expect(await knownSids()).toEqual({ [String(rung()[0]?.legId)]: rung()[0]?.sid });
    expect(rung()).toHaveLength(1);
  });

  test("is dialled anew where the carrier has never begun with it", async () => {
    await askSlowly();
    aheadMs = 25_000;
    await at.soon(rung).toHaveLength(1);
  });
});

/** Of those who were asked in, by our name for the leg. */
async function knownSids(): Promise<Record<string, string | null>> {
  const legs = await inSystem(at.stage.db, (tx) =>
    rowsOf<{ id: string; sid: string | null }>(tx, sql`SELECT id, sid FROM call_legs WHERE role = 'party'`),
  );
  return Object.fromEntries(legs.map(({ id, sid }) => [id, sid]));
}

/** The carrier does it, and nobody is told. @returns what is answered in the end */
async function loseAnswerTo(control: Record<string, unknown>): Promise<{ answer: Promise<unknown> }> {
  Object.assign(at.stage.fake.state, { losesHold: Promise.resolve(), losesRecord: Promise.resolve() });
  const answer = at.stage.control("ana", callId, control);
  await at.soon(openJobs).toMatchObject([{ error: expect.stringContaining("lost") }]);
  Object.assign(at.stage.fake.state, { losesHold: null, losesRecord: null });
  return { answer };
}

test("a caller whose hold is called off before it is asked for again is heard", async () => {
  const hold = await loseAnswerTo({ do: "hold", on: true });
  expect(caller.held).toBe(true);
  expect((await at.stage.control("ana", callId, { do: "hold", on: false })).status).toBe(204);
  expect(caller.held).toBe(false);
  await hold.answer;
});

test("a recording that is paused again before it is asked to go on once more takes nothing down", async () => {
  expect((await at.stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
  const goOn = await loseAnswerTo({ do: "record", state: "on" });
  expect(caller.recording).toBe("on");
  expect((await at.stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
  expect(caller.recording).toBe("paused");
  await goOn.answer;
});

/** A node asks the carrier, which does it, and the node is never heard of again before the test ends. */
async function dieAsking(control: Record<string, unknown>, isDone: () => boolean): Promise<void> {
  const never = Promise.withResolvers<void>();
  const lost = { losesHold: never.promise, losesRecord: never.promise, losesRedirect: never.promise };
  Object.assign(at.stage.fake.state, lost);
  const asked = at.stage.control("ana", callId, control);
  release = async () => {
    never.resolve();
    await asked;
    release = async () => {};
  };
  await at.soon(isDone).toBe(true);
}

/** Its work is anybody's after a minute. */
async function afterItsLease(control: Record<string, unknown>): Promise<number> {
  at.stage.fake.state.losesRedirect = null;
  const answer = at.stage.control("ana", callId, control);
  aheadMs = 61_000;
  return (await answer).status;
}

test("a caller whose hold is called off is heard also where the node died that had the carrier hold them", async () => {
  await dieAsking({ do: "hold", on: true }, () => caller.held);
  expect(await afterItsLease({ do: "hold", on: false })).toBe(204);
  expect(caller.held).toBe(false);
});

test("a recording that is paused again stays so where the node died that had the carrier go on with it", async () => {
  expect((await at.stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
  await dieAsking({ do: "record", state: "on" }, () => caller.recording === "on");
  expect(await afterItsLease({ do: "record", state: "paused" })).toBe(204);
  expect(caller.recording).toBe("paused");
});

test("two calls become one also where the node died that had the second one's caller go over", async () => {
  const { stage, soon } = at;
  await stage.control("ana", callId, { do: "hold", on: true });
  const { caller: other } = await stage.callIn(anasNumber, "+13125550148");
  await soon(() => stage.fake.legs().at(-1)?.status).toBe("ringing");
  stage.fake.answer(stage.fake.legs().at(-1) as FakeLeg);
  expect(caller.held).toBe(true);
  const secondNow = async () => (await stage.calls()).find(({ id }) => id !== callId);
  await soon(async () => (await secondNow())?.line.recording).toBe("on");
  const second = (await secondNow())?.id;
  const merge = { do: "merge", with: second };
  await dieAsking(merge, () => other.room === callId);
  expect(await afterItsLease(merge)).toBe(204);
  expect([caller, other]).toMatchObject([
    { status: "answered", held: false, room: callId },
    { status: "answered", held: false, room: callId },
  ]);
  await soon(async () => (await stage.calls()).find(({ id }) => id === second)?.line).toMatchObject({
    mergedInto: callId,
    phase: { phase: "ended" },
  });
});

test("a stream that begins only once its call was given to somebody outside is stopped", async () => {
  const target = { kind: "number", number: "+442079460118" };
  const outside = () => at.stage.fake.legs().find(({ to }) => to.kind === "number");
  let stops = 0;
  at.stage.fake.state.beforeListening = async () => {
    await at.stage.control("ana", callId, { do: "transfer", transferId: "t1", mode: "blind", target });
    await at.soon(outside).toMatchObject({ status: "ringing" });
    at.stage.fake.answer(outside() as FakeLeg);
    await at.soon(() => caller.listened).toBe(false);
    stops += 1;
  };
  await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
    addJob(tx, { tenantId: testTenant, kind: "call.listen", key: callId, dueAt: new Date(0) }),
  );
  await at.soon(() => stops).toBe(1);
  await at.soon(() => jobsOf("call.listen")).toEqual([]);
  await at.soon(() => caller.listened).toBe(false);
});
