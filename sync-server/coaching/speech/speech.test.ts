import { WebSocket } from "ws";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemTimers } from "../../../shared/result/ports.ts";
import type { StreamDown } from "../../../shared/sync/wire.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { createTestDevice, type TestStream } from "../../../testing/server/test-device.ts";
import { people, testTenant } from "../../../testing/server/test-identities.ts";
import { openBareDevice, type BareDevice } from "../../../testing/simulator/bare-device.ts";
import { eventually } from "../../../testing/simulator/eventually.ts";
import { startTestSimulator, type TestSimulator } from "../../../testing/simulator/start-test-simulator.ts";
import { carrierAccount, carrierApplication, openLineStage, ourNumber, type LineStage } from "../../../testing/telephony/open-line-stage.ts"; // prettier-ignore
import { phoneRules } from "../../../testing/telephony/use-line-stage.ts";
import { createLedger } from "../../ai/ledger/index.ts";
import { inSystem, inTenant, rowsOf, schema } from "../../database/index.ts";
import { toneScript } from "../../providers/simulator/callers/tone-script.ts";
import { saveRecords } from "../../sync/index.ts";
import { loudness } from "./listen-track.ts";
import { createMediaAddresses } from "./media-address.ts";
import type { SpeechToText } from "./port.ts";

// A call at the simulated carrier whose sound really comes over its media stream into the server, and from there into a
// provider that tells speech from silence. Both clocks are one and stepped.

let stage: LineStage;
let ledger: Awaited<ReturnType<typeof createLedger>>;
let carrier: TestSimulator;
let ana: BareDevice;
let desk: TestStream;
let provider: ReturnType<typeof createListener>;

/** Understands that somebody speaks, and when. */
function createListener() {
  let heardMs = 0;
  let opened = 0;
  let isDown = false;
  const speech: SpeechToText = {
    name: "listener",
    open({ sampleRate, onHeard, onSent, onEnd }) {
      opened += 1;
      let atMs = 0;
      let began: number | null = null;
      let endMs = 0;
      const tell = (final: boolean) => onHeard({ text: final ? "Words." : "Wor", final, startMs: began ?? 0, endMs, timing: [] }); // prettier-ignore
      return {
        hear(audio) {
          if (isDown) return onEnd("switched off");
          const voiced = loudness(audio) > 500;
          const begins = voiced && began === null;
          if (begins) began = atMs;
          atMs += (audio.length * 1_000) / sampleRate;
          heardMs += (audio.length * 1_000) / sampleRate;
          onSent((audio.length * 1_000) / sampleRate);
          if (voiced) endMs = atMs;
          if (begins) tell(false);
          if (began === null || atMs - endMs < 300) return;
          tell(true);
          began = null;
        },
        close: () => onEnd("closed"),
      };
    },
  };
  return { speech, heardMs: () => heardMs, opened: () => opened, turn: (down: boolean) => (isDown = down) };
}

beforeEach(async () => {
  provider = createListener();
  const elsewhere = async () => ({
    restUrl: carrier.url,
    signallingUrl: `ws://${carrier.signallingHost}/signal`,
  });
  const clock = {
    now: () => (carrier as TestSimulator | undefined)?.simulator.time.clock.now() ?? Date.now(),
  };
  const db = await openTestDatabase();
  const warn = (facts: object, text: string) => expect.fail(`${text} ${JSON.stringify(facts)}`);
  ledger = await createLedger({ db, clock, timers: systemTimers, log: { warn } });
  stage = await openLineStage(db, { clock, elsewhere, ledger, speech: provider.speech });
  const voiceUrl = `${stage.base()}/voice`;
  carrier = await startTestSimulator({
    ...{ steppedClock: true, account: carrierAccount },
    applications: [{ sid: carrierApplication, voiceUrl }],
    numbers: [{ phoneNumber: ourNumber, voiceUrl, statusCallback: `${stage.base()}/status` }],
  });
  await inTenant(
    stage.db,
    { tenantId: testTenant },
    (tx) =>
    saveRecords(tx, testTenant, "settings", [phoneRules({ transcription: "speech", recording: false })], { now: new Date(clock.now()).toISOString() }), // prettier-ignore
  );
  const { body } = await stage.ask("ana", "/line");
  ana = await openBareDevice(carrier.signallingHost, (body as unknown as { token: string }).token);
  desk = await createTestDevice({ url: stage.server.url, identities: stage.identities }, people.ana).listen();
  await stage.present("ana");
});
afterEach(async () => {
  await desk.close();
  ana.close();
  await ledger.stop();
  await stage.close();
  await carrier.close();
});

async function answer(): Promise<void> {
  await carrier.control("POST", "/calls", { script: "tone", mode: "straight", stays: true });
  ana.answer(String((await ana.next("invite")).payload["callsid"]));
  await eventually(async () => (await stage.calls()).map(({ line }) => line.phase.phase)).toEqual(["live"]);
}

async function talk(): Promise<void> {
  await answer();
  await eventually(async () => {
    await carrier.control("POST", "/clock", { stepMs: 20 });
    return provider.opened();
  }).toBe(2);
}

/** The clock goes on when what was played has arrived. */
async function play(ms: number): Promise<void> {
  for (let played = 0; played < ms; played += 200) {
    const before = provider.heardMs();
    await carrier.control("POST", "/clock", { stepMs: 200 });
    await eventually(() => provider.heardMs() - before).toBeGreaterThanOrEqual(200);
  }
}

type Said = Extract<StreamDown, { type: "said" }>;
const said = () => desk.messages.filter((one): one is Said => one.type === "said");

test("what a robot says comes over its media stream, is understood, told at Ana's desk and kept with its times", async () => {
  await talk();
  await play(9_000);
  const turn = toneScript.turns.find(({ speaker }) => speaker === "customer");
  if (!turn) throw new Error("the robot says nothing");
  await eventually(() => said().flatMap(({ utterances }) => utterances.map(({ text }) => text))).toEqual(["Wor", "Words."]); // prettier-ignore
  const [guess, final] = said().flatMap(({ utterances }) => utterances);
  expect(final).toMatchObject({ id: guess?.id, speaker: "customer", final: true });
  // A guess may be told with the last frame of a step, whose end the clock has not reached.
  expect(Math.abs((final?.startMs ?? 0) - (guess?.startMs ?? 0))).toBeLessThanOrEqual(20);
  const spokenMs = (final?.endMs ?? 0) - (final?.startMs ?? 0);
  expect(Math.abs(spokenMs - (turn.endMs - turn.startMs))).toBeLessThanOrEqual(100);
  const rows = await inTenant(stage.db, { tenantId: testTenant }, (tx) =>
    rowsOf<{ doc: unknown }>(tx, sql`SELECT doc FROM segments`),
  );
  const { revision: _revision, final: _final, ...kept } = final as Required<typeof final> & object;
  expect(rows).toMatchObject([{ doc: kept }]);
});

test("a provider that dies costs the call nothing: the desk sees that it stopped, and it is asked again", async () => {
  await talk();
  await play(400);
  provider.turn(true);
  await carrier.control("POST", "/clock", { stepMs: 200 });
  await eventually(() => said().map(({ stopped }) => stopped)).toContain(true);
  provider.turn(false);
  const before = provider.opened();
  await carrier.control("POST", "/clock", { stepMs: 1_500 });
  await eventually(() => provider.opened()).toBeGreaterThan(before);
  await play(7_000);
  await eventually(() => said().at(-1)).toMatchObject({ stopped: false });
  expect((await stage.calls()).map(({ line }) => line.phase.phase)).toEqual(["live"]);
});

test("a stream that has lost its way is asked for again while the call is up", async () => {
  await talk();
  const [call] = await inTenant(stage.db, { tenantId: testTenant }, (tx) =>
    rowsOf<{ sid: string }>(tx, sql`SELECT sid FROM call_legs WHERE role = 'customer'`),
  );
  const lost = { StreamEvent: "stream-error", StreamSid: "MZ1", CallSid: call?.sid ?? "" };
  expect((await stage.post("/stream", lost)).status).toBe(204);
  await eventually(() => said().map(({ stopped }) => stopped)).toContain(true);
  await eventually(async () => {
    await carrier.control("POST", "/clock", { stepMs: 1_000 });
    return provider.opened();
  }).toBe(4);
  await carrier.control("POST", `/calls/${call?.sid}/hang-up`);
});

test("what a call's provider listened to stands on the bill of whoever had the call, a line for each side", async () => {
  await talk();
  await play(2_000);
  const [call] = await inTenant(stage.db, { tenantId: testTenant }, (tx) =>
    rowsOf<{ sid: string }>(tx, sql`SELECT sid FROM call_legs WHERE role = 'customer'`),
  );
  await carrier.control("POST", `/calls/${call?.sid}/hang-up`);
  const lines = () =>
    rowsOf<{ soundMs: number }>(
      stage.db.owner,
      sql`SELECT feature, model, user_id AS "userId", outcome, sound_ms AS "soundMs" FROM ai_requests`,
    );
  const line = { feature: "transcript", model: "nova-3", userId: "ana", outcome: "answered" };
  await eventually(async () => {
    // What is kept of a call's end is told when its time has come.
    await carrier.control("POST", "/clock", { stepMs: 200 });
    return lines();
  }).toMatchObject([line, line]);
  const listened = (await lines()).reduce((sum, { soundMs }) => sum + soundMs, 0);
  expect(Math.abs(listened - provider.heardMs())).toBeLessThanOrEqual(2);
});

test("a limit that is used up lets nobody listen, tells the desk, costs the call nothing, and ends with the limit", async () => {
  const limit = { tenantId: testTenant, id: "none", per: "organisation", measure: "minutes", period: "day", most: 0 } as const; // prettier-ignore
  await inSystem(stage.db, (tx) => tx.insert(schema.aiLimits).values(limit));
  await answer();
  await eventually(async () => {
    await carrier.control("POST", "/clock", { stepMs: 20 });
    return said().at(-1);
  }).toMatchObject({ stopped: true });
  expect(provider.opened()).toBe(0);
  expect((await stage.calls()).map(({ line }) => line.phase.phase)).toEqual(["live"]);
  await inSystem(stage.db, (tx) => tx.delete(schema.aiLimits));
  await eventually(async () => {
    await carrier.control("POST", "/clock", { stepMs: 1_000 });
    return provider.opened();
  }).toBe(2);
});

test("nobody gets in by an address that this server has not written, nor with what is no stream", async () => {
  const strangers = createMediaAddresses(
    { seal: (text) => Buffer.from(text).toString("base64"), open: (text) => text },
    Date.now,
  );
  const forged = strangers.write({ id: "account-1", webhookUrl: stage.server.url }, "leg-1");
  const refused = await new Promise((resolve) => {
    const socket = new WebSocket(forged);
    socket.once("unexpected-response", (_request, { statusCode }) => resolve(statusCode));
    socket.once("error", () => {});
  });
  expect(refused).toBe(403);
});
