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

/** By the law of its place one is told of a recording first, of another not. */
const california = "+14155550123";
const newYork = "+19145550123";

test.each([
  ["begins once it was announced, where the called person's state asks for that", california],
  ["begins at once, and nothing is said, where one side's consent is enough", newYork],
])("the recording of a dial %s", async (_, to) => {
  const mustHear = to === california;
  const days = Array.from({ length: 7 }, () => [{ from: "00:00", to: "24:00" }]);
  await lay({ windows: [{ where: "US", days, onHolidays: "open", source: "A test" }] });
  await carrier.control("PUT", `/outcomes/${to}`, { kind: "answers", afterMs: 1_000, stays: true });
  const callId = newRecordId();
  const permit = await stage.ask("ana", "/calls", { callId, to, leadId: null });
  expect(permit).toMatchObject({ status: 200, body: { announce: mustHear } });
  ana.call({ callId });
  const { core } = carrier.simulator.carrier;
  const customer = () => [...core.calls.values()].find((leg) => leg.to === to);
  const lineNow = async () => (await stage.calls())[0]?.line;
  await eventually(() => pass(100).then(() => customer()?.status)).toBe("in-progress");
  await eventually(async () => (await lineNow())?.phase.phase).toBe("live");
  await eventually(settlements).toEqual([]);
  const said = customer()?.frames[0]?.verbs.filter(({ verb }) => verb === "say") ?? [];
  if (mustHear) {
    expect(said).toMatchObject([{ text: expect.stringContaining("This call is recorded") }]);
    expect(customer()?.activity?.name).toBe("play");
    expect([core.recordings.size, (await lineNow())?.recording]).toEqual([0, "off"]);
    await pass(10_000);
  } else expect(said).toEqual([]);
  await eventually(() => [...core.recordings.values()]).toMatchObject([{ status: "in-progress" }]);
  await eventually(async () => (await lineNow())?.recording).toBe("on");
  const [recording] = core.recordings.values();
  const [room] = core.conferences.values();
  const joinedAt = room?.participants.get(customer()?.sid ?? "")?.joinedAt ?? Infinity;
  expect(recording?.callSid).toBe(customer()?.sid);
  expect(recording?.startedAt).toBeGreaterThanOrEqual(joinedAt);
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
