import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isOver, type CallState } from "../../shared/calls/call.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { testTenant, type PersonName } from "../../testing/server/test-identities.ts";
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
import { sharedDatabase } from "../../testing/telephony/shared-database.ts";
import { inTenant, rowsOf, schema } from "../database/index.ts";

// Ana's network is cut in each phase of a call. The real server, the simulated carrier with a stepped clock, and devices
// that speak the SDK's signalling.

type Claim = { callsid: string; reconnect: string };

/** How long a device may be away and find its call as it was. */
const graceSeconds = 30;
const called = "911";
const third = "+442079460118";

let database: Awaited<ReturnType<typeof sharedDatabase>>;
let stage: LineStage;
let carrier: TestSimulator;
let devices: BareDevice[];
/** Whom each person has opened last. */
let devicesOf: Map<PersonName, BareDevice>;

beforeAll(async () => {
  database = await sharedDatabase(openTestDatabase);
});
afterAll(() => database.close());
beforeEach(async () => {
  const elsewhere = async () => ({
    restUrl: carrier.url,
    signallingUrl: `ws://${carrier.signallingHost}/signal`,
  });
  stage = await openLineStage(await database.empty(), { elsewhere });
  const voiceUrl = `${stage.base()}/voice`;
  carrier = await startTestSimulator({
    steppedClock: true,
    account: carrierAccount,
    applications: [{ sid: carrierApplication, voiceUrl }],
    numbers: [{ phoneNumber: ourNumber, voiceUrl, statusCallback: `${stage.base()}/status` }],
  });
  devices = [];
  devicesOf = new Map();
});
afterEach(async () => {
  for (const device of devices) device.close();
  await stage.close();
  await carrier.close();
});

/** Brings a call of Ana's into a phase. @returns what her device needs to come back for it */
type Begin = () => Promise<Claim>;

const phases: Record<string, { begin: Begin; looks: object }> = {
  dialling: { begin: dial, looks: { phase: "dialling" } },
  "its caller hears that the call is recorded": { begin: talk, looks: { phase: "live" } },
  "in a call": { begin: talkHeard, looks: { phase: "live" } },
  "holding the caller": {
    begin: () => talkAnd(() => ({ do: "hold", on: true })),
    looks: { phase: "held" },
  },
  transferring: {
    begin: () => talkAnd(transferTo("warm")),
    looks: { phase: "transferring", transfer: { answered: false } },
  },
  "talking to a colleague who was asked and has picked up": {
    begin: consult,
    looks: { phase: "transferring", transfer: { answered: true } },
  },
  "in a conference": {
    begin: confer,
    looks: { phase: "conference" },
  },
};

describe.each(Object.entries(phases))(
  "a device that is cut while %s",
  { timeout: 240_000 },
  (_phase, { begin, looks }) => {
    test("and comes back finds the call as it was, and its hang-up ends it everywhere", async () => {
      const claim = await begin();
      await eventually(phaseNow).toMatchObject(looks);
      const before = holds();
      await cut();
      const back = await open("ana", claim);
      expect((await back.next("answer")).payload).toMatchObject(claim);
      expect(await phaseNow()).toMatchObject(looks);
      expect(holds()).toEqual(before);
      back.hangUp(claim.callsid);
      await untilOverEverywhere();
    });

    test("and does not come back in time has left the call, and nobody waits on hold for it", async () => {
      const claim = await begin();
      await eventually(phaseNow).toMatchObject(looks);
      await cut();
      await pass(graceSeconds * 1_000);
      await untilOverEverywhere();
      const late = await open("ana", claim);
      expect((await late.next("hangup")).payload).toMatchObject({ callsid: claim.callsid });
    });

    test("and is hung up on meanwhile learns so when it is back", async () => {
      const claim = await begin();
      await eventually(phaseNow).toMatchObject(looks);
      await cut();
      await hangUpCaller();
      await untilOverEverywhere();
      const back = await open("ana", claim);
      expect((await back.next("hangup")).payload).toMatchObject({ callsid: claim.callsid });
    });
  },
);

test.each(["blind", "warm"] as const)(
  "a device that is cut just as the target of a %s transfer picks up has given the call away all the same",
  async (mode) => {
    const claim = await talkAnd(transferTo(mode));
    await cut();
    await pickUp("ben");
    if (mode === "warm") {
      await eventually(phaseNow).toMatchObject({ transfer: { answered: true } });
      const phase = await phaseNow();
      const transferId = phase?.phase === "transferring" ? phase.transfer.transferId : "";
      const [call] = await stage.calls();
      const done = await stage.control("ana", call?.id ?? "", { do: "complete-transfer", transferId });
      // In time, or as soon as the carrier does it: it is not taken back.
      expect([204, 503]).toContain(done.status);
    }
    await eventually(lineNow).toMatchObject({ agentId: "ben", phase: { phase: "live" } });
    await eventually(holds).toEqual([]);
    const back = await open("ana", claim);
    expect((await back.next("hangup")).payload).toMatchObject({ callsid: claim.callsid });
    await pass(graceSeconds * 1_000);
    expect(await lineNow()).toMatchObject({ agentId: "ben", phase: { phase: "live" } });
    expect(holds()).toEqual([]);
  },
);

test("a caller who rings at a device that is cut goes on to a colleague, and it is not rung again when it is back", async () => {
  const [ana] = [await open("ana"), await open("ben")];
  await stage.present("ana", "ben");
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  await ana.next("invite");
  await eventually(phaseNow).toMatchObject({ phase: "ringing", agentIds: ["ana"] });
  await cut();
  await stage.present("ben");
  await pass(graceSeconds * 1_000);
  await pickUp("ben");
  await eventually(lineNow).toMatchObject({ agentId: "ben", phase: { phase: "live" } });
  const back = await open("ana");
  await stage.present("ana", "ben");
  await hangUpCaller();
  await untilOverEverywhere();
  expect(back.frames.map(({ type }) => type)).not.toContain("invite");
});

test("a caller who waits for somebody whose device is cut rings there when it is back", async () => {
  await open("ana");
  await stage.present("ana");
  await setPresence("busy");
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  await eventually(phaseNow).toMatchObject({ phase: "queued" });
  await cut();
  expect(await phaseNow()).toMatchObject({ phase: "queued" });
  const back = await open("ana");
  await setPresence("available");
  await pickUp("ana");
  await eventually(lineNow).toMatchObject({ agentId: "ana", phase: { phase: "live" } });
  await hangUpCaller();
  await untilOverEverywhere();
  expect(back.frames.filter(({ type }) => type === "invite")).toHaveLength(1);
});

test("a device that is cut in wrap-up is in it still when it is back, and nothing of the call comes after it", async () => {
  await talkHeard();
  await hangUpCaller();
  await eventually(phaseNow).toMatchObject({ phase: "wrap-up", why: "completed" });
  const before = await lineNow();
  await cut();
  await pass(graceSeconds * 1_000);
  const back = await open("ana");
  expect(await lineNow()).toEqual(before);
  await untilOverEverywhere();
  expect(back.frames.map(({ type }) => type)).not.toContain("hangup");
});

test("a device that hung up while it was cut off says so when it is back: the call is over everywhere", async () => {
  const { callsid } = await talk();
  await cut();
  (await open("ana")).hangUp(callsid);
  await untilOverEverywhere();
});

async function open(name: PersonName, claim?: Claim): Promise<BareDevice> {
  const { body } = await stage.ask(name, "/line");
  const { token } = body as unknown as { token: string };
  const options = { reconnectTimeout: graceSeconds, ...(claim ? { claim } : {}) };
  const device = await openBareDevice(carrier.signallingHost, token, options);
  devices.push(device);
  devicesOf.set(name, device);
  return device;
}

async function dial(): Promise<Claim> {
  const ana = await open("ana");
  await carrier.control("PUT", `/outcomes/${called}`, { kind: "answers", afterMs: 5_000, stays: true });
  const callId = newRecordId();
  await stage.ask("ana", "/calls", { callId, to: called, leadId: null });
  ana.call({ callId });
  return claimOf((await ana.next("answer")).payload);
}

async function talk(): Promise<Claim> {
  const [ana] = [await open("ana"), await open("ben")];
  await stage.present("ana");
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  const { payload } = await ana.next("invite");
  ana.answer(String(payload["callsid"]));
  await eventually(phaseNow).toMatchObject({ phase: "live" });
  return claimOf(payload);
}

/** Until the caller has heard that the call is recorded: they cannot be held before. */
async function talkHeard(): Promise<Claim> {
  const claim = await talk();
  expect(await lineNow()).toMatchObject({ consent: "none" });
  await pass(10_000);
  await eventually(lineNow).toMatchObject({ consent: "announced" });
  return claim;
}

/** Ana's caller waits, and she talks to Ben. */
async function consult(): Promise<Claim> {
  const claim = await talkAnd(transferTo("warm"));
  await pickUp("ben");
  return claim;
}

const transferTo = (mode: "blind" | "warm"): Asked => (name) => ({ do: "transfer", transferId: name, mode, target: { kind: "agent", userId: "ben" } }); // prettier-ignore

async function pickUp(name: PersonName): Promise<void> {
  const device = devicesOf.get(name);
  if (!device) throw new Error(`${name} is not at their desk`);
  await eventually(() => ringsAt(device)).toHaveLength(1);
  device.answer(ringsAt(device)[0] ?? "");
}

function ringsAt({ frames }: BareDevice): string[] {
  const told = (wanted: string) =>
    frames.flatMap(({ type, payload }) => (type === wanted ? [String(payload["callsid"])] : []));
  const cancelled = new Set(told("cancel"));
  return told("invite").filter((callsid) => !cancelled.has(callsid));
}

async function confer(): Promise<Claim> {
  const answers = { kind: "answers", afterMs: 0, stays: true };
  await carrier.control("PUT", `/outcomes/${encodeURIComponent(third)}`, answers);
  const target = { kind: "number", number: third };
  const claim = await talkAnd((partyId) => ({ do: "add-party", partyId, target }));
  // Until they have heard that the call is recorded: they are not in it before.
  await pass(11_000);
  return claim;
}

/** @param name of this attempt at it */
type Asked = (name: string) => Record<string, unknown>;

async function talkAnd(asked: Asked): Promise<Claim> {
  const claim = await talkHeard();
  await ask(asked);
  return claim;
}

/**
 * As somebody does who is told, after six seconds, that the carrier has not done it and nothing was changed: asks again.
 * On a laden machine it takes that long.
 */
async function ask(asked: Asked): Promise<void> {
  const [call] = await stage.calls();
  for (let attempt = 1; ; attempt += 1) {
    const { status } = await stage.control("ana", call?.id ?? "", asked(`t${attempt}`));
    if (status === 204) return;
    expect(status).toBe(503);
    await eventually(settling).toEqual([]);
  }
}

/** What the carrier is still being asked to do. */
function settling(): Promise<{ key: string }[]> {
  return rowsOf(stage.db.owner, sql`SELECT key FROM jobs WHERE kind = 'call.settle'`);
}

function claimOf({ callsid, reconnect }: Record<string, unknown>): Claim {
  return { callsid: String(callsid), reconnect: String(reconnect) };
}

async function cut(): Promise<void> {
  await carrier.control("POST", "/devices/ana/cut");
  const cutOff = async () => JSON.stringify((await carrier.control("GET", "/"))["devices"]);
  await eventually(cutOff).not.toContain('"ana"');
}

const pass = (stepMs: number) => carrier.control("POST", "/clock", { stepMs });

async function lineNow(): Promise<CallState | undefined> {
  return (await stage.calls())[0]?.line;
}

async function phaseNow(): Promise<CallState["phase"] | undefined> {
  return (await lineNow())?.phase;
}

/** Whoever it is that is no third party. A desk dials before the carrier does: until then there is nobody to hang up. */
async function hangUpCaller(): Promise<void> {
  const customer = () =>
    [...carrier.simulator.carrier.core.calls.values()].find(
      ({ endpoint, to }) => endpoint.kind === "number" && to !== third,
    );
  await eventually(customer).toBeDefined();
  await carrier.control("POST", `/calls/${customer()?.sid}/hang-up`);
}

/** Of Ana, who is the only one at her desk. */
async function setPresence(presence: "available" | "busy"): Promise<void> {
  await inTenant(stage.db, { tenantId: testTenant }, (tx) => tx.update(schema.presence).set({ presence }));
}

/** Who is on hold at the carrier. */
function holds(): string[] {
  return [...carrier.simulator.carrier.core.conferences.values()].flatMap(({ participants }) =>
    [...participants.values()].flatMap(({ callSid, hold }) => (hold ? [callSid] : [])),
  );
}

/** The server's record says so, and the carrier has no leg any more: nobody waits, nobody's device talks. */
async function untilOverEverywhere(): Promise<void> {
  await eventually(async () => (await stage.calls()).map(({ line }) => isOver(line))).toEqual([true]);
  await eventually(() => carrier.simulator.carrier.countLive()).toBe(0);
  expect(holds()).toEqual([]);
}
