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

test("it is done when their telephone rings, when our part ends, or when nothing more is said", async () => {
  const rings = openSession();
  rings.takeOn();
  rings.notify("SIP/2.0 180 Ringing");
  await rings.outcome;
  const ends = openSession();
  ends.takeOn();
  ends.end();
  await ends.outcome;
  const silent = openSession();
  silent.takeOn();
  await silent.time.pass(10_000);
  await silent.outcome;
  expect([rings, ends, silent].map(({ listeners }) => listeners.size)).toEqual([0, 0, 0]);
});
