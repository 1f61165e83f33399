import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newRecordId } from "../../shared/entities/id.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { testTenant } from "../../testing/server/test-identities.ts";
import { openBareDevice, type BareDevice } from "../../testing/simulator/bare-device.ts";
import { eventually } from "../../testing/simulator/eventually.ts";
import { startTestSimulator, type TestSimulator } from "../../testing/simulator/start-test-simulator.ts";
import {
  carrierAccount,
  carrierApplication,
  openLineStage,
  ourNumber,
  type LineStage,
} from "../../testing/telephony/open-line-stage.ts";
import { phoneRules } from "../../testing/telephony/use-line-stage.ts";
import { inSystem, inTenant, rowsOf } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";

// The server's calls at the simulated carrier, whose clock is stepped. The server's own stands still: nothing is tried
// a second time because time has passed.

const standstill = Date.now();
let stage: LineStage;
let carrier: TestSimulator;
let ana: BareDevice;

beforeEach(async () => {
  const elsewhere = async () => ({
    restUrl: carrier.url,
    signallingUrl: `ws://${carrier.signallingHost}/signal`,
  });
  stage = await openLineStage(await openTestDatabase(), { clock: { now: () => standstill }, elsewhere });
  const voiceUrl = `${stage.base()}/voice`;
  carrier = await startTestSimulator({
    steppedClock: true,
    account: carrierAccount,
    applications: [{ sid: carrierApplication, voiceUrl }],
    numbers: [{ phoneNumber: ourNumber, voiceUrl, statusCallback: `${stage.base()}/status` }],
  });
  const { body } = await stage.ask("ana", "/line");
  ana = await openBareDevice(carrier.signallingHost, (body as unknown as { token: string }).token);
});
afterEach(async () => {
  ana.close();
  await stage.close();
  await carrier.close();
});

/** By the law of its place one is told of a recording first, of another not, and of a third asked. */
const california = "+14155550123";
const newYork = "+19145550123";
const berlin = "+493023125012";
const vienna = "+4315330001";
const zurich = "+41442345678";

const legOf = (to: string) => [...carrier.simulator.carrier.core.calls.values()].find((leg) => leg.to === to);
const saidTo = (to: string) => legOf(to)?.frames[0]?.verbs.filter(({ verb }) => verb === "say") ?? [];
const recordings = () => [...carrier.simulator.carrier.core.recordings.values()];
const joinedAt = (to: string) =>
  [...carrier.simulator.carrier.core.conferences.values()][0]?.participants.get(legOf(to)?.sid ?? "")?.joinedAt; // prettier-ignore
const lineTo = async (to: string) => (await stage.calls()).find(({ line }) => line.to === to)?.line;
const lineNow = async () => (await stage.calls())[0]?.line;
const answers = (to: string) =>
  carrier.control("PUT", `/outcomes/${to}`, { kind: "answers", afterMs: 1_000, stays: true });
const untilPickedUp = (to: string) =>
  eventually(() => pass(100).then(() => legOf(to)?.status)).toBe("in-progress");

/** Ana calls somebody, who picks up. */
async function dial(to: string): Promise<{ callId: string; announce: boolean }> {
  const days = Array.from({ length: 7 }, () => [{ from: "00:00", to: "24:00" }]);
  const anyHour = (where: string) => ({ where, days, onHolidays: "open" as const, source: "A test" });
  await lay({ windows: [anyHour("US"), anyHour("DE")] });
  await answers(to);
  const callId = newRecordId() as string;
  const permit = await stage.ask("ana", "/calls", { callId, to, leadId: null });
  expect(permit.status).toBe(200);
  ana.call({ callId });
  await untilPickedUp(to);
  await eventually(async () => (await lineTo(to))?.phase.phase).toBe("live");
  await eventually(settlements).toEqual([]);
  return { callId, ...(permit.body as unknown as { announce: boolean }) };
}

/** What the call's log says of consent, in order. */
function consents(): Promise<{ how: string; by: string | null; number: string | null }[]> {
  return inTenant(stage.db, { tenantId: testTenant }, (tx) =>
    rowsOf(
      tx,
      sql`SELECT event->>'how' AS how, event->>'by' AS by, event->>'number' AS number FROM call_events
          WHERE event->>'type' = 'consent' ORDER BY (event->>'seq')::int`,
    ),
  );
}

test.each([
  ["begins once it was announced, where the called person's state asks for that", california],
  ["begins at once, and nothing is said, where one side's consent is enough", newYork],
])("the recording of a dial %s", async (_, to) => {
  const mustHear = to === california;
  expect((await dial(to)).announce).toBe(mustHear);
  if (mustHear) {
    expect(saidTo(to)).toMatchObject([{ text: expect.stringContaining("This call is recorded") }]);
    expect(legOf(to)?.activity?.name).toBe("play");
    expect(recordings()).toEqual([]);
    // Picked up is not heard: they may hang up in the middle of it.
    expect(await lineNow()).toMatchObject({ recording: "off", consent: "none" });
    await pass(10_000);
  } else expect(saidTo(to)).toEqual([]);
  await eventually(recordings).toMatchObject([{ status: "in-progress", callSid: legOf(to)?.sid }]);
  await eventually(async () => (await lineNow())?.recording).toBe("on");
  expect(recordings()[0]?.startedAt).toBeGreaterThanOrEqual(joinedAt(to) ?? Infinity);
  expect(await consents()).toEqual(mustHear ? [{ how: "announced", by: null, number: null }] : []);
});

test("who is asked into a recorded call hears so when they pick up, and is neither heard nor recorded before", async () => {
  const { callId } = await dial(newYork);
  await eventually(recordings).toMatchObject([{ status: "in-progress" }]);
  await answers(california);
  const target = { kind: "number", number: california };
  const asked = await stage.control("ana", callId, { do: "add-party", partyId: "p1", target });
  expect(asked.status).toBe(204);
  await untilPickedUp(california);
  expect(saidTo(california)).toMatchObject([{ text: expect.stringContaining("This call is recorded") }]);
  expect(legOf(california)?.activity?.name).toBe("play");
  // The talk goes on and is recorded; they are outside of it.
  expect(recordings()).toMatchObject([{ status: "in-progress", callSid: legOf(newYork)?.sid }]);
  expect(joinedAt(california)).toBeUndefined();
  expect((await lineNow())?.parties).toEqual([]);
  await pass(10_000);
  await eventually(async () => (await lineNow())?.parties).toMatchObject([{ partyId: "p1" }]);
  expect(joinedAt(california)).toBeDefined();
  expect(await consents()).toEqual([{ how: "announced", by: null, number: california }]);
});

test("two calls become one in the conference of the first; who has not heard that it is recorded hears so on the way", async () => {
  const first = await dial(california);
  await pass(10_000);
  await eventually(recordings).toMatchObject([{ status: "in-progress", callSid: legOf(california)?.sid }]);
  expect((await stage.control("ana", first.callId, { do: "hold", on: true })).status).toBe(204);
  const second = await dial(newYork);
  await eventually(async () => (await lineTo(newYork))?.recording).toBe("on");
  const room = (callId: string) =>
    [...carrier.simulator.carrier.core.conferences.values()].find(({ name, status }) => name === callId && status !== "completed"); // prettier-ignore
  const inFirst = () => [...(room(first.callId)?.participants.keys() ?? [])];
  const ofFirst = inFirst();
  expect(saidTo(newYork)).toEqual([]);

  const merged = await stage.control("ana", first.callId, { do: "merge", with: second.callId });
  expect(merged.status).toBe(204);
  expect(saidTo(newYork)).toMatchObject([{ text: expect.stringContaining("This call is recorded") }]);
  expect(inFirst(), "not yet").toEqual(ofFirst);
  await pass(10_000);
  await eventually(inFirst).toEqual([...ofFirst, legOf(newYork)?.sid]);
  expect([...(room(first.callId)?.participants.values() ?? [])].map(({ hold }) => hold)).toEqual([
    false,
    false,
    false,
  ]);
  expect(room(second.callId)).toBeUndefined();
  await eventually(async () => (await lineTo(california))?.parties).toMatchObject([
    { target: { kind: "number", number: newYork }, fromCall: second.callId },
  ]);
  expect(await lineTo(newYork)).toMatchObject({ mergedInto: first.callId, phase: { phase: "ended" } });
  const kept = () => recordings().map(({ callSid, status }) => [callSid, status]);
  await eventually(kept).toEqual(
    expect.arrayContaining([
      [legOf(california)?.sid, "in-progress"],
      [legOf(newYork)?.sid, expect.not.stringContaining("in-progress")],
    ]),
  );
  expect((await stage.control("ana", first.callId, { do: "hang-up" })).status).toBe(204);
  await eventually(async () => (await lineTo(california))?.phase.phase).toBe("wrap-up");
  await eventually(() => [legOf(california)?.status, legOf(newYork)?.status]).toEqual(["completed", "completed"]); // prettier-ignore
});

test("where the law wants a clear yes nothing is said and nothing recorded until it is noted, and never after a no", async () => {
  const { callId, announce } = await dial(berlin);
  expect([announce, saidTo(berlin)]).toEqual([false, []]);
  await eventually(() => joinedAt(berlin)).toBeDefined();
  await pass(10_000);
  expect([recordings(), (await lineNow())?.consent]).toEqual([[], "needed"]);
  const record = () => stage.control("ana", callId, { do: "record", state: "on" });
  const note = (answer: string) => stage.control("ana", callId, { do: "consent", answer });
  const withheld = { status: 409, body: { error: { details: { code: "no-consent" } } } };
  expect(await record()).toMatchObject(withheld);
  expect((await note("given")).status).toBe(204);
  expect(recordings()).toMatchObject([{ status: "in-progress" }]);
  expect(await lineNow()).toMatchObject({ recording: "on", consent: "given" });

  // Who never comes leaves it as it was, and nobody has to say that they agreed.
  await carrier.control("PUT", `/outcomes/${zurich}`, { kind: "busy" });
  const engaged = { do: "add-party", partyId: "p0", target: { kind: "number", number: zurich } };
  expect((await stage.control("ana", callId, engaged)).status).toBe(204);
  expect(recordings()).toMatchObject([{ status: "paused" }]);
  await eventually(() => pass(100).then(() => recordings()[0]?.status)).toBe("in-progress");
  await eventually(lineNow).toMatchObject({ recording: "on", consent: "given" });

  await answers(vienna);
  const target = { kind: "number", number: vienna };
  expect((await stage.control("ana", callId, { do: "add-party", partyId: "p1", target })).status).toBe(204);
  expect(recordings()).toMatchObject([{ status: "paused" }]);
  // They have not even picked up.
  expect(await note("given")).toMatchObject({ status: 409, body: { error: { details: { code: "not-possible" } } } }); // prettier-ignore
  await untilPickedUp(vienna);
  await eventually(async () => (await lineNow())?.parties).toMatchObject([{ partyId: "p1" }]);
  expect((await note("refused")).status).toBe(204);
  expect(await record()).toMatchObject(withheld);
  expect(recordings()).toMatchObject([{ status: "paused" }]);
  expect(await consents()).toEqual([
    { how: "needed", by: null, number: null },
    { how: "given", by: "ana", number: null },
    { how: "needed", by: null, number: vienna },
    { how: "refused", by: "ana", number: null },
  ]);
  const audited = await inTenant(
    stage.db,
    { tenantId: testTenant },
    (tx) =>
    rowsOf(tx, sql`SELECT actor_id, subject, details->>'answer' AS answer FROM audit_log WHERE action = 'call.consent' ORDER BY id`), // prettier-ignore
  );
  expect(audited).toEqual(
    ["given", "refused"].map((answer) => ({ actor_id: "ana", subject: `calls/${callId}`, answer })),
  );
});

const pass = (stepMs: number) => carrier.control("POST", "/clock", { stepMs });

/** What the tenant has decided about its phones. */
function lay(rules: Parameters<typeof phoneRules>[0]): Promise<unknown> {
  return inTenant(stage.db, { tenantId: testTenant }, (tx) =>
    saveRecords(tx, testTenant, "settings", [phoneRules(rules)], { now: new Date(standstill).toISOString() }),
  );
}

/** What the carrier has still to be told. */
function settlements(): Promise<{ error: string | null }[]> {
  return inSystem(stage.db, (tx) => rowsOf(tx, sql`SELECT error FROM jobs WHERE kind = 'call.settle'`));
}

test("a customer who still hears that the call is recorded is put on hold when they join, not by asking again", async () => {
  await lay({ consent: "always" });
  await stage.present("ana");
  const { callSid } = await carrier.control("POST", "/calls", { script: "tone", stays: true });
  const customer = () =>
    [...carrier.simulator.carrier.core.conferences.values()].flatMap(({ participants }) => {
      const participant = participants.get(String(callSid));
      return participant ? [{ hold: participant.hold }] : [];
    });
  ana.answer(String((await ana.next("invite")).payload["callsid"]));
  await eventually(async () => (await stage.calls()).map(({ line }) => line.phase.phase)).toEqual(["live"]);
  const [call] = await stage.calls();

  let answer: number | null = null;
  const held = stage.control("ana", call?.id ?? "", { do: "hold", on: true }).then(({ status }) => {
    answer = status;
  });
  await eventually(settlements).toMatchObject([{ error: expect.any(String) }]);
  expect([answer, customer()]).toEqual([null, []]);
  await pass(10_000);
  await held;
  expect(answer).toBe(204);
  expect(customer()).toEqual([{ hold: true }]);
});
