import { expect, test } from "vitest";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { CallListener, DeviceCall, IncomingCall } from "../device/device-port.ts";
import type { PhoneEvent } from "../machine/model.ts";
import { createCallLegs } from "./call-legs.ts";

const callId = "call-1" as RecordId;

/** A carrier that rings this desk, and what the machine is told of it. */
function openLegs() {
  const told: string[] = [];
  const legs = createCallLegs(
    (event: PhoneEvent) => void told.push(event.type),
    () => callId,
  );
  const ring = (monitoring: IncomingCall["monitoring"]) => {
    const accept = async (listener: CallListener): Promise<DeviceCall> => {
      const leg = { own: null, disconnect: () => listener.ended("completed", null), mute() {} };
      return leg as unknown as DeviceCall;
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
      onGone() {},
    };
    legs.offer(call as unknown as IncomingCall, "simulator");
  };
  return { legs, told, ring };
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
