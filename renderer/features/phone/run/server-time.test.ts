import { expect, test } from "vitest";
import { ok } from "../../../../shared/result/result.ts";
import { ana, one, recordOf, start } from "../../../../testing/phone/stepped-phone.ts";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { runPhone, type PhonePorts } from "./run-phone.ts";

const hourMs = 3_600_000;
const facts = [
  { type: "offered", from: "+14155550100", to: "+14155550199", provider: "simulator" },
  { type: "answered", agentId: ana },
  { type: "ended", why: "completed" },
];
/** It ended as the server's clock showed `start`. */
const over = recordOf(facts);

/** A phone on a machine whose clock is so far ahead, with a call that has just ended. */
async function openPhone(aheadMs: number) {
  const time = new VirtualTime(start + aheadMs);
  const asked: string[] = [];
  const told: Record<string, object> = {
    "desk.serverClock": { aheadMs },
    session: { session: { state: "signed-in", person: { userId: ana } } },
    "phone.inbox": { role: "phone", asked: [] },
    "calls.list": { rows: [{ id: one, line: over }] },
  };
  const access = () => ({
    ...{ provider: "simulator", token: "t", identity: "ana", signalling: null, edge: null },
    expiresAt: new Date(time.now() - aheadMs + hourMs).toISOString(),
  });
  const client = {
    watch(def: { name: string }, _input: object, emit: (value: object) => void) {
      const value = told[def.name];
      if (value) queueMicrotask(() => emit(value));
      return () => {};
    },
    async call(def: { name: string }) {
      asked.push(def.name);
      if (def.name === "phone.access") return ok(ok(access()));
      return def.name === "calls.aside" ? ok({ calls: [] }) : ok({});
    },
    onConnection: () => () => {},
  };
  const nothing = () => {};
  const device = { start: async () => {}, stop: async () => {}, updateAccess: async () => {} };
  const phone = runPhone({
    client,
    audio: { onReplaced: nothing, onChange: nothing, useDevice: nothing, ring: nothing, close: nothing },
    headsets: { onName: nothing, onCommand: nothing, show: nothing },
    openDevice: () => async () => device,
    clock: time,
    timers: time,
    random: () => 0.5,
  } as unknown as PhonePorts);
  await time.settle();
  const count = (name: string) => asked.filter((one) => one === name).length;
  return { phone, time, count };
}

test.each([3 * 60_000, -3 * 60_000, hourMs + 100_000])(
  "a machine whose clock is %i ms ahead has its wrap-up, and asks for access once",
  async (aheadMs) => {
    const { phone, time, count } = await openPhone(aheadMs);
    await time.pass(110_000);
    expect(phone.phone().calls.map(({ callId }) => callId)).toEqual([one]);
    expect([count("phone.access"), count("calls.report")]).toEqual([1, 0]);
    await time.pass(20_000);
    expect(phone.phone().calls).toEqual([]);
    expect([count("phone.access"), count("calls.report")]).toEqual([1, 1]);
    await phone.close();
  },
);
