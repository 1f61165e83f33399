import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { one } from "../../../../testing/phone/stepped-phone.ts";
import type { PhoneEvent } from "../machine/model.ts";
import { createEffects, type EffectPorts } from "./carry-out.ts";

test("a call that a device gives away by itself was first given, and then taken", async () => {
  const told: PhoneEvent[] = [];
  const own = { transfer: async () => {} };
  const ports = {
    legs: { get: () => ({ own }) },
    timers: new VirtualTime(0),
    tell: (event: PhoneEvent) => told.push(event),
  } as unknown as EffectPorts;
  const target = { kind: "number", number: "+14155550177" } as const;
  createEffects(ports).carryOut({
    do: "transfer",
    askId: "ask-1",
    callId: one,
    transferId: "t",
    target,
    mode: "blind",
  });
  await expect.poll(() => told.length).toBe(3);
  expect(told).toEqual([
    { type: "transfer-started", callId: one, transferId: "t", target, mode: "blind" },
    { type: "transfer", callId: one, transferId: "t", change: { step: "completed" } },
    { type: "done", askId: "ask-1" },
  ]);
});
