import { expect, test } from "vitest";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { CallListener, DeviceCall, IncomingCall, OwnControls } from "../device/device-port.ts";
import type { PhoneEvent } from "../machine/model.ts";
import { createCallLegs } from "./call-legs.ts";

const callId = "call-1" as RecordId;

/** A carrier that rings this desk, and what the machine is told of it. */
function openLegs(own: Partial<OwnControls> | null = null) {
  const told: string[] = [];
  const legs = createCallLegs(
    (event: PhoneEvent) => void told.push(event.type),
    () => callId,
    () => void told.push("left"),
  );
  const hungUp: (string | null)[] = [];
  const ring = (monitoring: IncomingCall["monitoring"], permitted = Promise.resolve()) => {
    const gone: (() => void)[] = [];
    const accept = async (listener: CallListener): Promise<DeviceCall> => {
      await permitted;
      const disconnect = () => {
        hungUp.push(monitoring);
        listener.ended("completed", null);
      };
      return { own, disconnect, mute() {} } as unknown as DeviceCall;
    };
    const call = {
      callId,
      from: "+14155550100",
      to: "",
      name: "",
      leadId: null,
      monitoring,
      accept,
      reject() {},
      onGone: (listener: () => void) => void gone.push(listener),
    };
    legs.offer(call as unknown as IncomingCall, "simulator");
    return { cancel: () => gone.forEach((tell) => tell()) };
  };
  return { legs, told, ring, hungUp };
}

test("a call that rings again while it is talked in is the same call", async () => {
  const { legs, told, ring } = openLegs();
  ring(null);
  ring(null);
  await legs.accept(callId);
  ring(null);
  expect(told).toEqual(["offered", "opened"]);
});

test("a call that is declined while it is being answered is not left open behind everybody's back", async () => {
  const { legs, told, ring } = openLegs();
  ring(null);
  const answering = legs.accept(callId);
  legs.reject(callId);
  await answering;
  expect(told.at(-1)).toBe("ended");
  expect(legs.get(callId)).toBeUndefined();
});

test("a supervisor who takes another part is rung anew: the part before is left first", async () => {
  const { legs, told, ring } = openLegs();
  ring("listen");
  await legs.accept(callId);
  ring("whisper");
  expect(told).toEqual(["offered", "opened", "ended", "offered"]);
});

test("a supervisor who takes another part while the first ring is still being answered is in the new part alone", async () => {
  const { legs, told, ring, hungUp } = openLegs();
  const microphone = Promise.withResolvers<void>();
  const first = ring("listen", microphone.promise);
  const answering = legs.accept(callId);
  ring("barge");
  const joining = legs.accept(callId);
  first.cancel();
  microphone.resolve();
  await Promise.all([answering, joining]);
  expect(told).toEqual(["offered", "ended", "offered", "opened"]);
  expect(hungUp).toEqual(["listen"]);
  legs.disconnect(callId);
  expect(hungUp).toEqual(["listen", "barge"]);
});

test("a part that was left before it was answered may fail as it likes: the new one stays", async () => {
  const { legs, told, ring } = openLegs();
  const microphone = Promise.withResolvers<void>();
  ring("listen", microphone.promise);
  const answering = legs.accept(callId);
  ring("whisper");
  await legs.accept(callId);
  microphone.reject(new Error("The line is not up."));
  await answering;
  expect(told).toEqual(["offered", "ended", "offered", "opened"]);
  expect(legs.get(callId)).toBeDefined();
});

test("a recording goes on after its call is nobody's here any more, and its end is told to the line alone", async () => {
  const over = Promise.withResolvers<void>();
  const { legs, told, ring, hungUp } = openLegs({ leaveMessage: async () => ({ over: over.promise }) });
  ring(null);
  await legs.accept(callId);
  await legs.leaveMessage(callId, new ArrayBuffer(0));
  expect([legs.get(callId), legs.isLeaving()]).toEqual([undefined, true]);
  legs.disconnect(callId);
  expect(hungUp).toEqual([]);
  over.resolve();
  await expect.poll(() => told).toEqual(["offered", "opened", "left"]);
  expect(legs.isLeaving()).toBe(false);
});

test("nothing is left on a call that is over", async () => {
  const { legs } = openLegs();
  await expect(legs.leaveMessage(callId, new ArrayBuffer(0))).rejects.toThrow("This call is over.");
  expect(legs.isLeaving()).toBe(false);
});
