import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
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

test("a customer who still hears that the call is recorded is put on hold when they join, not by asking again", async () => {
  const rules = phoneRules({ consent: "always" });
  await inTenant(stage.db, { tenantId: testTenant }, (tx) =>
    saveRecords(tx, testTenant, "settings", [rules], { now: new Date(standstill).toISOString() }),
  );
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
  const refused = sql`SELECT 1 FROM jobs WHERE kind = 'call.settle' AND error IS NOT NULL`;
  await eventually(() => inSystem(stage.db, (tx) => rowsOf(tx, refused))).toHaveLength(1);
  expect([answer, customer()]).toEqual([null, []]);
  await carrier.control("POST", "/clock", { stepMs: 10_000 });
  await held;
  expect(answer).toBe(204);
  expect(customer()).toEqual([{ hold: true }]);
});
