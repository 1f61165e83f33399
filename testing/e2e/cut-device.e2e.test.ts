import { expect, test } from "@playwright/test";
import { newRecordId, type RecordId } from "../../shared/entities/id.ts";
import type { PhoneCall } from "../../shared/calls/phone.ts";
import { liveMicrophones, usePhoneStage } from "../phone/use-phone-stage.ts";
import { openCuttableWay, type CuttableWay } from "../sip/cuttable-way.ts";
import { withFakeMedia } from "./fake-media.ts";

// However a call ends, and whatever it was doing: no track of the phone's page records any more.

test.use(withFakeMedia());

const at = usePhoneStage();
const called = "+14155550123";
let way: CuttableWay;

test.beforeEach(async () => {
  way = await openCuttableWay(Number(new URL(`http://${at.carrier.signallingHost}`).port));
  const signalling = `ws://127.0.0.1:${way.port}/signal`;
  at.replica.server.access = async () => {
    const access = at.carrier.accessOf("ana");
    return { ok: true, value: access.provider === "sip" ? access : { ...access, signalling } };
  };
});
test.afterEach(() => way.close());

/** Each brings a call so far. @returns its id */
const phases = {
  async "while it rings at the other side"() {
    const callId = newRecordId();
    await at.letDial(called, 100_000);
    expect(await at.desk.do({ do: "dial", callId, to: called, leadId: null })).toEqual({ ok: true });
    await at.untilPhase(callId, "ringing");
    return callId;
  },
  "while they talk": talk,
  async "while the caller is on hold"() {
    const callId = await talk();
    expect(await at.desk.do({ do: "hold", callId, on: true })).toEqual({ ok: true });
    await at.untilPhase(callId, "held");
    return callId;
  },
  "while a colleague is asked": ask,
  async "when a colleague who was asked has picked up"() {
    const callId = await ask();
    at.tellPickedUp(callId, ben);
    await at.desk.until(({ calls }) => calls.some(({ call }) => isPickedUp(call)));
    return callId;
  },
};

const ben = { kind: "agent", userId: "ben" as never } as const;

function isPickedUp({ phase }: PhoneCall["call"]): boolean {
  return phase.phase === "transferring" && phase.transfer.answered;
}

async function ask(): Promise<RecordId> {
  const callId = await talk();
  expect(await at.desk.do({ do: "transfer", callId, target: ben, mode: "warm" })).toEqual({ ok: true });
  await at.untilPhase(callId, "transferring");
  return callId;
}

async function talk(): Promise<RecordId> {
  const callId = await at.callAna();
  expect(await at.desk.do({ do: "answer", callId })).toEqual({ ok: true });
  await at.untilPhase(callId, "live");
  return callId;
}

for (const [phase, begin] of Object.entries(phases)) {
  test(`pain: the microphone stays open: it is closed when a call ends ${phase}`, async ({ context }) => {
    const phone = await at.openPhone(await context.newPage());
    const live = () => liveMicrophones(phone);
    for (const [how, end] of Object.entries(ends))
      await test.step(how, async () => {
        expect(await live()).toBe(0);
        const callId = await begin();
        await expect.poll(live).toBeGreaterThan(0);
        await end(callId);
        await expect.poll(live).toBe(0);
        await leave(callId);
      });
  });
}

const ends: Record<string, (callId: RecordId) => Promise<unknown>> = {
  "she hangs up": hangUp,
  "the carrier hangs up": everybodyHangsUp,
  async "the network goes, and she hangs up"(callId) {
    way.block(true);
    await hangUp(callId);
  },
  async "the network goes, and the carrier hangs up before it is back"() {
    way.block(true);
    await everybodyHangsUp();
    way.block(false);
  },
};

function hangUp(callId: RecordId): Promise<unknown> {
  return at.desk.do({ do: "hang-up", callId });
}

/** The carrier takes down whatever there is. */
async function everybodyHangsUp(): Promise<void> {
  const { calls } = await at.carrier.control("GET", "/");
  for (const { sid } of calls as { sid: string }[]) await at.carrier.control("POST", `/calls/${sid}/hang-up`);
}

/** Until this desk is ready for the next one. */
async function leave(callId: RecordId): Promise<void> {
  way.block(false);
  await at.desk.do({ do: "wrapped-up", callId });
  await at.desk.until(({ line, calls }) => line.state === "ready" && calls.every(isOver));
}

const isOver = ({ can }: PhoneCall) => !can.includes("hang-up");

test("pain: the microphone stays open: it is closed by itself where the network never comes back", async ({
  context,
}) => {
  test.setTimeout(500_000);
  const phone = await at.openPhone(await context.newPage());
  const callId = await talk();
  way.block(true);
  // Nothing comes from the carrier any more, be it sound.
  await everybodyHangsUp();
  await expect.poll(() => liveMicrophones(phone), { timeout: 400_000 }).toBe(0);
  await leave(callId);
});

test("pain: the microphone stays open: the window that takes over from one that was closed in a call has none", async ({
  context,
}) => {
  const first = await at.openPhone(await context.newPage());
  await talk();
  await expect.poll(() => liveMicrophones(first)).toBeGreaterThan(0);
  await first.close();
  await at.desk.until(({ line, calls }) => line.state === "off" && calls.length === 0);
  const next = await at.openPhone(await context.newPage());
  expect(await liveMicrophones(next)).toBe(0);
});
