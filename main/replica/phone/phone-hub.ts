import {
  phoneOff,
  type PhoneAnswer,
  type PhoneCommand,
  type PhoneRefusal,
  type PhoneState,
} from "../../../shared/calls/phone.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { phoneInbox } from "../../../shared/rpc/contract/phone.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";

type Inbox = OutputOf<typeof phoneInbox>;

/**
 * Between the one window that is the phone and all that show or command it. Whoever watches the inbox first is the
 * phone; others stand by and take over when it goes.
 */
export type PhoneHub = {
  /** Until the returned function is called: the window has closed, or crashed. */
  attend(tell: (inbox: Inbox) => void): () => void;
  /** Resolves when the phone has done it or said why not; at the latest after `answerWithinMs`. */
  ask(command: PhoneCommand): Promise<PhoneAnswer>;
  answer(askId: string, answer: PhoneAnswer): void;
  publish(state: PhoneState): void;
  state(): PhoneState;
  onState(listener: (state: PhoneState) => void): () => void;
  close(): void;
};

export type PhoneHubPorts = { timers: Timers; newId: () => string };

type Ask = { askId: string; command: PhoneCommand; settle(answer: PhoneAnswer): void };

/** Longer than a carrier takes for any of it; a person has looked elsewhere by then. */
const answerWithinMs = 20_000;
/** The phone says every ten seconds that it lives; browsers slow the timers of a hidden window to one a minute. */
const frozenAfterMs = 75_000;

export function createPhoneHub({ timers, newId }: PhoneHubPorts): PhoneHub {
  const attendants: ((inbox: Inbox) => void)[] = [];
  const listeners = new Set<(state: PhoneState) => void>();
  let asked: Ask[] = [];
  let state = phoneOff;
  let cancelFrozen = () => {};

  function attend(tell: (inbox: Inbox) => void): () => void {
    attendants.push(tell);
    tellRole(tell);
    return () => {
      const wasPhone = attendants[0] === tell;
      attendants.splice(attendants.indexOf(tell), 1);
      if (wasPhone) handOver();
    };
  }

  /** What the last phone was asked it took with it: nobody knows how much of it was done. */
  function handOver(): void {
    const lost = asked;
    asked = [];
    for (const { settle } of lost) settle(refused("no-phone", "The phone window was closed."));
    show(phoneOff);
    const [next] = attendants;
    if (next) tellRole(next);
  }

  function tellRole(tell: (inbox: Inbox) => void): void {
    if (attendants[0] !== tell) return tell({ role: "standby" });
    tell({ role: "phone", asked: asked.map(({ askId, command }) => ({ askId, command })) });
  }

  function ask(command: PhoneCommand): Promise<PhoneAnswer> {
    const [phone] = attendants;
    if (!phone) return Promise.resolve(refused("no-phone", "No phone is open. Open it first."));
    return new Promise((resolve) => {
      const askId = newId();
      const settle = (answer: PhoneAnswer) => {
        cancel();
        asked = asked.filter((other) => other.askId !== askId);
        resolve(answer);
        for (const tell of attendants.slice(0, 1)) tellRole(tell);
      };
      const cancel = timers.after(answerWithinMs, () =>
        settle(refused("failed", "The phone did not answer in time.")),
      );
      asked.push({ askId, command, settle });
      tellRole(phone);
    });
  }

  function publish(next: PhoneState): void {
    // Of a window that has just lost its part.
    if (attendants.length === 0) return;
    show(next);
    cancelFrozen = timers.after(frozenAfterMs, () => show({ ...state, line: frozen }));
  }

  function show(next: PhoneState): void {
    cancelFrozen();
    state = next;
    for (const tell of listeners) tell(state);
  }

  return {
    attend,
    ask,
    answer: (askId, answer) => asked.find((one) => one.askId === askId)?.settle(answer),
    publish,
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      cancelFrozen();
      for (const { settle } of asked.slice()) settle(refused("no-phone", "Ringside is closing."));
    },
  };
}

const frozen: PhoneState["line"] = {
  state: "trouble",
  code: "frozen",
  message: "The phone window does not react: the system has put it to sleep. Bring it to the front.",
};

export function refused(code: PhoneRefusal["code"], message: string): PhoneAnswer & { ok: false } {
  return { ok: false, error: { code, message } };
}
