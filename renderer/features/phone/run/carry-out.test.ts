import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { one } from "../../../../testing/phone/stepped-phone.ts";
import type { PhoneEvent } from "../machine/model.ts";
import { createEffects, type EffectPorts } from "./carry-out.ts";

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
