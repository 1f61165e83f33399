import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { metricUnits, type CallMetrics, type MetricName } from "../../shared/coaching/metrics/catalogue.ts";
import type { Call } from "../../shared/entities/call.ts";
import { CallReport } from "../../shared/entities/insight.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import { recordingsFolder } from "../../testing/coaching/compare-recordings.ts";
import { readRecordedCalls } from "../../testing/coaching/harper-valley.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { testTenant as tenantId } from "../../testing/server/test-identities.ts";
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
import { inTenant, rowsOf } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { importRecordings } from "../telephony/index.ts";
import { createReportMaker, reportNow } from "./index.ts";

// One conversation twice: told by a carrier while it goes on, and brought in as a recording afterwards.

/** The agent's file begins two seconds late. */
const recording = "eb82ec7b5f0944ca";
/** What is played begins with one of the carrier's frames: each turn up to so much later than it was recorded. */
const frameMs = 20;

let stage: LineStage;
let carrier: TestSimulator;
let ana: BareDevice;

const isThere = existsSync(join(recordingsFolder, "transcript"));

const told = "a call that people once had (skipped: ../shared/data is absent)";

describe.skipIf(!isThere)(told, { timeout: 240_000 }, () => {
  beforeEach(async () => {
    const elsewhere = async () => ({
      restUrl: carrier.url,
      signallingUrl: `ws://${carrier.signallingHost}/signal`,
    });
    // One clock for both, which is stepped: a minute's call takes no minute.
    const clock = { now: () => carrier?.simulator.time.clock.now() ?? Date.now() };
    stage = await openLineStage(await openTestDatabase(), { clock, elsewhere });
    const voiceUrl = `${stage.base()}/voice`;
    carrier = await startTestSimulator({
      steppedClock: true,
      harperValleyDir: recordingsFolder,
      account: carrierAccount,
      applications: [{ sid: carrierApplication, voiceUrl }],
      numbers: [{ phoneNumber: ourNumber, voiceUrl, statusCallback: `${stage.base()}/status` }],
    });
    const person = { kind: "person", order: 0, role: "agent", active: true, teamIds: ["north"] };
    // Nothing is said to the customer before: both hear each other from the answer on.
    await save([{ ...person, id: "person:ana", userId: "ana", name: "Ana", email: "ana@example.com" }, phoneRules({ recording: false })]); // prettier-ignore
    const { body } = await stage.ask("ana", "/line");
    ana = await openBareDevice(carrier.signallingHost, (body as unknown as { token: string }).token);
    await stage.present("ana");
  });
  afterEach(async () => {
    ana.close();
    await stage.close();
    await carrier.close();
  });

  test("has the same figures played live through the carrier as brought in as a recording", async () => {
    const imported = await bringIn();
    const { answeredAt, startedAt, endedAt } = await callOf(imported);
    const lengthMs = Date.parse(endedAt ?? "") - Date.parse(answeredAt ?? startedAt);
    const live = await playLive(lengthMs);
    const reports = createReportMaker({ timers: systemTimers });
    await reportNow({ db: stage.db, reports }, tenantId, [imported, live], new Date());
    await reports.stop();

    const [recorded, played] = [await figuresOf(imported), await figuresOf(live)];
    const names = Object.keys(recorded) as MetricName[];
    expect(Object.keys(played).toSorted()).toEqual(names.toSorted());
    expect(names).toEqual(
      expect.arrayContaining(["talkShare", "silenceMs", "patienceMs", "paceWpm", "turns"]),
    );
    for (const name of names) {
      const off = Math.abs((played[name] ?? 0) - (recorded[name] ?? 0));
      expect(off, `${name}: ${played[name]} live, ${recorded[name]} recorded`).toBeLessThanOrEqual(mostOff(name, recorded)); // prettier-ignore
    }
  });
});

/** What whole frames can make of a figure. */
function mostOff(name: MetricName, recorded: CallMetrics): number {
  switch (metricUnits[name]) {
    case "ms":
      return 2 * frameMs;
    case "count":
      return 0;
    default:
      return 0.005 * (recorded[name] ?? 0) + 0.001;
  }
}

async function bringIn(): Promise<string> {
  const deps = { db: stage.db, recordingsDir: join(stage.folder, "kept"), now: () => new Date() };
  const begun = await importRecordings(deps, { tenantId, dir: recordingsFolder, agent: "ana" });
  if (!begun.ok) throw new Error(begun.error);
  let callId = "";
  for await (const one of begun.value)
    if (one.news === "one" && one.name === recording && one.did === "taken") callId = one.callId;
  return callId;
}

/** Both read their part from the answer on; the customer hangs up when the recording has come to its end. */
async function playLive(lengthMs: number): Promise<string> {
  const script = `harper-valley-${recording}`;
  const caller = { script, mode: "straight", stays: true, readsAlong: true };
  const { callSid } = await carrier.control("POST", "/calls", caller);
  ana.answer(String((await ana.next("invite")).payload["callsid"]));
  await eventually(linePhases).toContain("live");
  const callId = (await liveCalls())[0]?.id ?? "";
  await eventually(async () => JSON.stringify((await carrier.control("GET", "/"))["calls"])).toContain("conference"); // prettier-ignore
  const turns = (await readRecordedCalls(recordingsFolder)).find(({ id }) => id === recording)?.utterances ?? []; // prettier-ignore
  const stepMs = 1_000;
  for (let atMs = 0; atMs < lengthMs; atMs += stepMs) {
    await carrier.control("POST", "/clock", { stepMs: Math.min(stepMs, lengthMs - atMs) });
    // As on a line, what is told has arrived before much more is said.
    const ended = turns.filter(({ endMs }) => endMs + 2 * stepMs < atMs).length;
    await eventually(() => segmentsOf(callId)).toBeGreaterThanOrEqual(ended);
  }
  await eventually(() => segmentsOf(callId)).toBe(turns.length);
  await carrier.control("POST", `/calls/${String(callSid)}/hang-up`);
  await eventually(async () => (await callOf(callId)).endedAt).not.toBeNull();
  return callId;
}

async function liveCalls() {
  return (await stage.calls()).filter(({ line }) => line !== null);
}

async function linePhases(): Promise<string[]> {
  return (await liveCalls()).map(({ line }) => line.phase.phase);
}

const run = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(stage.db, { tenantId }, work);

function save(settings: Parameters<typeof saveRecords>[3]): Promise<unknown> {
  return run((tx) => saveRecords(tx, tenantId, "settings", settings, { now: new Date().toISOString() }));
}

async function callOf(callId: string): Promise<Call> {
  const [row] = await run((tx) => rowsOf<{ doc: Call }>(tx, sql`SELECT doc FROM calls WHERE id = ${callId}`));
  if (!row) throw new Error(`there is no call ${callId}`);
  return row.doc;
}

async function segmentsOf(callId: string): Promise<number> {
  const rows = await run((tx) => rowsOf(tx, sql`SELECT 1 FROM segments WHERE doc->>'callId' = ${callId}`));
  return rows.length;
}

async function figuresOf(callId: string): Promise<CallMetrics> {
  const [row] = await run((tx) =>
    rowsOf<{ doc: unknown }>(tx, sql`SELECT doc FROM insights WHERE id = ${`report:${callId}`}`),
  );
  return CallReport.parse(row?.doc).metrics;
}
