import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import type { TransferChange } from "./device-port.ts";
import { createSipTransfer, type Consultation, type ConsultationEnd } from "./sip-transfer.ts";

/** A call at an exchange that does what it is told, unless it is to refuse. */
function openCall() {
  const time = new VirtualTime(0);
  const told: string[] = [];
  const refuses = { hold: false, resume: 0, consult: false, refer: false };
  const opening = { microphone: Promise.resolve() };
  let held = false;
  let over = false;
  let asking = false;
  let asked = Promise.withResolvers<ConsultationEnd>();
  const transfer = createSipTransfer<Consultation>({
    async hold(on) {
      if (on ? refuses.hold : refuses.resume-- > 0) throw new Error("491 Request Pending");
      held = on;
    },
    isHeld: () => held,
    isOver: () => over,
    listen: () => told.push("caller heard"),
    async consult(to, answered) {
      if (refuses.consult) throw new Error("no microphone");
      await opening.microphone;
      told.push(`asks ${to}`);
      asked = Promise.withResolvers();
      answered();
      asking = true;
      const drop = () => {
        asking = false;
        asked.resolve("failed");
      };
      return { ended: asked.promise, drop };
    },
    async refer() {
      if (refuses.refer) throw new Error("The exchange says 603.");
      told.push("given away");
    },
    drop(why) {
      over = true;
      told.push(why);
    },
    listener: {
      broken: () => told.push("broken"),
      mended: () => told.push("mended"),
      transfer: (change: TransferChange) => told.push(`transfer ${change.change}`),
    },
    timers: time,
  });
  return {
    ...{ own: transfer.own, end: transfer.end, time, told, refuses, opening },
    isHeld: () => held,
    isAsking: () => asking,
    hangUp: () => (over = true),
    lose: (why: ConsultationEnd) => asked.resolve(why),
  };
}
type TestCall = ReturnType<typeof openCall>;

async function ask(call: TestCall): Promise<void> {
  await call.own.transfer("102", "warm", "t");
  call.told.length = 0;
}

test("whoever is asked says no: the caller is heard again, and the transfer is over", async () => {
  const call = openCall();
  await ask(call);
  expect(call.isHeld()).toBe(true);
  call.lose("busy");
  await call.time.settle();
  expect(call.told).toEqual(["caller heard", "transfer cancelled"]);
  expect(call.isHeld()).toBe(false);
});

test("a resume that the exchange refuses ends the transfer all the same, and is asked for until it is granted", async () => {
  const call = openCall();
  await ask(call);
  call.refuses.resume = 3;
  call.lose("declined");
  await call.time.settle();
  expect(call.told).toEqual(["broken", "transfer cancelled"]);
  await call.time.pass(10_000);
  expect(call.told.slice(2)).toEqual(["caller heard", "mended"]);
  expect(call.isHeld()).toBe(false);
});

test("called off by the agent, a refused resume is no refusal of that", async () => {
  const call = openCall();
  await ask(call);
  call.refuses.resume = 1;
  await call.own.cancelTransfer();
  await call.time.pass(10_000);
  expect(call.told).toEqual(["broken", "caller heard", "mended"]);
});

test("an exchange that never takes the caller off hold loses the call rather than leave them there", async () => {
  const call = openCall();
  await ask(call);
  call.refuses.resume = 100;
  await call.own.cancelTransfer();
  await call.time.pass(60_000);
  expect(call.told).toEqual(["broken", "The exchange did not take the caller off hold."]);
});

test("a person who puts the call on hold again is not overruled by a resume that was still being tried", async () => {
  const call = openCall();
  await ask(call);
  call.refuses.resume = 1;
  await call.own.cancelTransfer();
  await call.own.hold(true);
  await call.time.pass(60_000);
  expect(call.told).toEqual(["broken", "mended"]);
  expect(call.isHeld()).toBe(true);
});

test("nobody can be asked: the caller who was put on hold for it is heard again", async () => {
  const call = openCall();
  call.refuses.consult = true;
  await expect(call.own.transfer("102", "warm", "t")).rejects.toThrow("no microphone");
  expect(call.isHeld()).toBe(false);
  expect(call.told).toEqual(["caller heard"]);
});

test("putting them through ends the talk with whoever was asked, and that is no refusal of theirs", async () => {
  const call = openCall();
  await ask(call);
  const completing = call.own.completeTransfer();
  call.lose("failed");
  await completing;
  await call.time.settle();
  expect(call.told).toEqual(["given away"]);
});

test("the exchange does not put them through, and whoever was asked has gone meanwhile: the caller is back", async () => {
  const call = openCall();
  await ask(call);
  call.refuses.refer = true;
  const completing = call.own.completeTransfer();
  call.lose("failed");
  await expect(completing).rejects.toThrow("603");
  await call.time.settle();
  expect(call.told).toEqual(["caller heard", "transfer cancelled"]);
  await expect(call.own.completeTransfer()).rejects.toMatchObject({ code: "refused" });
});

test("a caller who hangs up while they wait is not asked to be resumed", async () => {
  const call = openCall();
  await ask(call);
  call.hangUp();
  call.end();
  await call.time.pass(60_000);
  expect(call.told).toEqual([]);
});

test("a caller who hangs up before whoever is asked was reached: nobody is asked without a call", async () => {
  const call = openCall();
  const { promise, resolve } = Promise.withResolvers<void>();
  call.opening.microphone = promise;
  const asking = call.own.transfer("102", "warm", "t");
  await call.time.settle();
  call.hangUp();
  call.end();
  resolve();
  await expect(asking).rejects.toMatchObject({ code: "network" });
  expect(call.isAsking()).toBe(false);
});

test("an exchange that puts them through and leaves our talk with whoever was asked open: we leave it", async () => {
  const call = openCall();
  await ask(call);
  await call.own.completeTransfer();
  await call.time.pass(10_000);
  expect(call.told).toEqual(["given away"]);
  expect(call.isAsking()).toBe(false);
});

test.each(["hold", "blind transfer"])(
  "a %s that is refused while the caller was being taken off hold: that is tried again",
  async (what) => {
    const call = openCall();
    await ask(call);
    call.refuses.resume = 1;
    await call.own.cancelTransfer();
    call.refuses.hold = true;
    call.refuses.refer = true;
    const decided = what === "hold" ? call.own.hold(true) : call.own.transfer("103", "blind", "u");
    await expect(decided).rejects.toThrow();
    await call.time.pass(10_000);
    expect(call.isHeld()).toBe(false);
    expect(call.told.slice(-3)).toEqual(["broken", "caller heard", "mended"]);
  },
);
