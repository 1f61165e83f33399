import { expect, test } from "vitest";
import { newRecordId } from "../../../shared/entities/id.ts";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import { createPresenceBoard } from "../presence/presence.ts";
import { createHangUps } from "./hang-ups.ts";
import { createPhone, type PhonePorts } from "./phone-handlers.ts";

test("a call that a supervisor ends is ended by the window that is the phone, until the desk closes", () => {
  const time = new VirtualTime(Date.parse("2026-11-21T09:00:00.000Z"));
  const hangUps = createHangUps();
  const told: unknown[] = [];
  const given: Partial<PhonePorts> = {
    ...{ timers: time, presence: createPresenceBoard(time), newId: () => "ask-1" },
    ...{ onState: () => {}, onHangUp: hangUps.onAsked },
  };
  const phone = createPhone(given as PhonePorts);
  void phone.handlers.phoneInbox({}, (inbox) => void told.push(inbox), undefined as never);
  const callId = newRecordId();
  hangUps.tell({ callId });
  expect(told.at(-1)).toEqual({
    role: "phone",
    asked: [{ askId: "ask-1", command: { do: "hang-up", callId } }],
  });
  phone.close();
  const before = told.length;
  hangUps.tell({ callId });
  expect(told).toHaveLength(before);
});

test("windows are told how wrong this machine's clock is, once it is known and whenever that changes", () => {
  const time = new VirtualTime(Date.parse("2026-11-21T09:00:00.000Z"));
  let aheadMs = 0;
  const listeners = new Set<() => void>();
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const given: Partial<PhonePorts> = {
    ...{ timers: time, presence: createPresenceBoard(time), onState: () => {}, onHangUp: () => () => {} },
    serverClock: { aheadMs: () => aheadMs, onChange },
  };
  const phone = createPhone(given as PhonePorts);
  const told: unknown[] = [];
  const stop = phone.handlers.serverClock({}, (clock) => void told.push(clock), undefined as never);
  aheadMs = 180_000;
  for (const listener of [...listeners, ...listeners]) listener();
  expect(told).toEqual([{ aheadMs: 0 }, { aheadMs: 180_000 }]);
  if (typeof stop === "function") stop();
  expect(listeners.size).toBe(0);
  phone.close();
});
