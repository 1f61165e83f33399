import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { one, two } from "../../../../testing/phone/stepped-phone.ts";
import type { PhoneEvent } from "../machine/model.ts";
import { createEffects, type EffectPorts } from "./carry-out.ts";
import { Refused } from "./refusal.ts";

const target = { kind: "number", number: "+14155550177" } as const;
const giveAway = {
  do: "transfer",
  askId: "ask-1",
  callId: one,
  transferId: "t",
  target,
  mode: "blind",
} as const;

/** A call that its device gives away by itself, and a server that judges whether it may. */
function carryOut(permit: unknown) {
  const told: PhoneEvent[] = [];
  const dialled: string[] = [];
  const own = { transfer: async (to: string) => void dialled.push(to) };
  const ports = {
    client: { call: async () => ({ ok: true, value: permit }) },
    legs: { get: () => ({ own }) },
    timers: new VirtualTime(0),
    tell: (event: PhoneEvent) => told.push(event),
  } as unknown as EffectPorts;
  createEffects(ports).carryOut(giveAway);
  return { told, dialled };
}

test("a call that a device gives away by itself was first given, and then taken", async () => {
  const { told, dialled } = carryOut({ ok: true, value: { to: "177" } });
  await expect.poll(() => told.length).toBe(3);
  expect(told).toEqual([
    { type: "transfer-started", callId: one, transferId: "t", target, mode: "blind" },
    { type: "transfer", callId: one, transferId: "t", change: { step: "completed" } },
    { type: "done", askId: "ask-1" },
  ]);
  expect(dialled).toEqual(["177"]);
});

test("nobody is called by a device's own transfer who must not be, and the person reads why", async () => {
  const error = { code: "not-possible", message: "This number is on the do-not-call list." };
  const { told, dialled } = carryOut({ ok: false, error, blocked: null });
  await expect.poll(() => told).toEqual([{ type: "refused", askId: "ask-1", error }]);
  expect(dialled).toEqual([]);
});

test.each([
  ["answered", { do: "accept", askId: "ask-1", callId: two }],
  ["taken back from hold", { do: "hold", askId: "ask-1", callId: two, on: false }],
] as const)(
  "who was put on hold for a caller that cannot be %s any more is talked to again",
  async (_how, effect) => {
    const told: PhoneEvent[] = [];
    const error = { code: "not-possible", message: "This call can no longer be answered." } as const;
    const gone = async () => Promise.reject(new Refused(error.code, error.message));
    const own = (callId: string) => ({ hold: async (_on: boolean) => (callId === two ? gone() : undefined) });
    const ports = {
      legs: { get: (callId: string) => ({ own: own(callId) }), accept: gone },
      timers: new VirtualTime(0),
      tell: (event: PhoneEvent) => told.push(event),
    } as unknown as EffectPorts;
    createEffects(ports).carryOut({ ...effect, holdFirst: [one] });
    await expect.poll(() => told.length).toBe(3);
    expect(told).toEqual([
      { type: "held", callId: one, on: true },
      { type: "held", callId: one, on: false },
      { type: "refused", askId: "ask-1", error },
    ]);
  },
);

test("a dial that is withdrawn while the microphone is asked for is not asked of the server", async () => {
  const told: PhoneEvent[] = [];
  const asked: unknown[] = [];
  const withdrawn = new Set<string>();
  const allowed = Promise.withResolvers<"ready">();
  const ports = {
    client: {
      call: async (_: unknown, input: unknown) => (
        asked.push(input),
        { ok: true, value: { ok: true, value: {} } }
      ),
    },
    audio: { askAgain: () => allowed.promise },
    timers: new VirtualTime(0),
    tell: (event: PhoneEvent) => told.push(event),
    isWithdrawn: (askId: string) => withdrawn.has(askId),
  } as unknown as EffectPorts;
  const { carryOut } = createEffects(ports);
  const dial = { do: "permit", callId: one, to: "+14155550177", leadId: null } as const;
  carryOut({ ...dial, askId: "ask-1" });
  carryOut({ ...dial, askId: "ask-2", callId: two });
  withdrawn.add("ask-1");
  allowed.resolve("ready");
  await expect.poll(() => told.map(({ type }) => type).toSorted()).toEqual(["permitted", "refused"]);
  expect(told).toContainEqual(expect.objectContaining({ type: "refused", askId: "ask-1" }));
  expect(asked).toEqual([{ callId: two, to: "+14155550177", leadId: null }]);
});

test("a recording is fetched before it is left, and why it cannot be is read", async () => {
  const told: PhoneEvent[] = [];
  const heard: string[] = [];
  let greeting: unknown = { ok: true, value: { fileId: "f", sizeBytes: 4, mediaType: "audio/wav" } };
  const ports = {
    client: {
      call: async ({ name }: { name: string }) =>
        name === "phone.greeting"
          ? { ok: true, value: greeting }
          : { ok: true, value: { base64: btoa("RIFF"), done: true } },
    },
    legs: {
      leaveMessage: async (_: string, sound: ArrayBuffer) => heard.push(new TextDecoder().decode(sound)),
    },
    timers: new VirtualTime(0),
    tell: (event: PhoneEvent) => told.push(event),
  } as unknown as EffectPorts;
  const { carryOut } = createEffects(ports);
  carryOut({ do: "leave-message", askId: "ask-1", callId: one, greeting: "short" });
  await expect.poll(() => told.length).toBe(2);
  expect(heard).toEqual(["RIFF"]);
  expect(told).toEqual([
    { type: "message-left", callId: one },
    { type: "done", askId: "ask-1" },
  ]);
  const error = { code: "not-possible", message: "Nothing is recorded of this greeting." };
  greeting = { ok: false, error, blocked: null };
  carryOut({ do: "leave-message", askId: "ask-2", callId: one, greeting: "short" });
  await expect.poll(() => told.at(-1)).toEqual({ type: "refused", askId: "ask-2", error });
  expect(heard).toHaveLength(1);
});
