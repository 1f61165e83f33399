import { SessionState, type Notification, type Session, type SessionReferOptions, type URI } from "sip.js";
import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { refer } from "./sip-refer.ts";

/** A call that is asked to be given away, and what its exchange says to that. */
function openSession() {
  const listeners = new Set<(state: SessionState) => void>();
  let asked: SessionReferOptions = {};
  const session = {
    stateChange: {
      addListener: (one: () => void) => listeners.add(one),
      removeListener: (one: () => void) => listeners.delete(one),
    },
    refer: async (_target: unknown, options: SessionReferOptions) => void (asked = options),
  };
  const response = (statusCode: number) => ({ message: { statusCode } }) as never;
  const time = new VirtualTime(0);
  const outcome = refer(session as unknown as Session, {} as URI, time);
  outcome.catch(() => {});
  return {
    ...{ outcome, time, listeners },
    takeOn: () => asked.requestDelegate?.onAccept?.(response(202)),
    refuse: (status: number) => asked.requestDelegate?.onReject?.(response(status)),
    notify: (body: string) =>
      asked.onNotify?.({ accept: async () => {}, request: { body } } as unknown as Notification),
    end: () => listeners.forEach((tell) => tell(SessionState.Terminated)),
  };
}

test("an exchange that does not take a transfer on is heard", async () => {
  const session = openSession();
  session.refuse(603);
  await expect(session.outcome).rejects.toThrow("603");
});

test("one that takes it on and then cannot reach them is heard as well: the caller is still ours", async () => {
  const session = openSession();
  session.takeOn();
  session.notify("SIP/2.0 100 Trying\r\n");
  session.notify("SIP/2.0 404 Not Found\r\n");
  await expect(session.outcome).rejects.toThrow("404");
});

test("it is done when they have answered, or when our part is ended after it was taken on", async () => {
  const answered = openSession();
  answered.takeOn();
  answered.notify("SIP/2.0 180 Ringing");
  answered.notify("SIP/2.0 200 OK");
  await answered.outcome;
  const ends = openSession();
  ends.takeOn();
  ends.end();
  await ends.outcome;
  expect([answered, ends].map(({ listeners }) => listeners.size)).toEqual([0, 0]);
});

test("one that takes it on and says no more has put nobody through: the caller is still ours", async () => {
  const session = openSession();
  session.takeOn();
  await session.time.pass(15_000);
  await expect(session.outcome).rejects.toThrow("does not say");
  expect(session.listeners.size).toBe(0);
});

test("a telephone that rings may ring for long, and is no answer yet", async () => {
  const session = openSession();
  session.takeOn();
  session.notify("SIP/2.0 180 Ringing");
  await session.time.pass(60_000);
  expect(session.listeners.size).toBe(1);
  session.notify("SIP/2.0 486 Busy Here");
  await expect(session.outcome).rejects.toThrow("486");
});

test("a call that ends before its exchange has taken the transfer on has been given to nobody", async () => {
  const session = openSession();
  session.end();
  await expect(session.outcome).rejects.toThrow("ended");
});
