import {
  diallerOff,
  type DiallerCommand,
  type DiallerState,
} from "../../../shared/calls/outbound/dialler.ts";
import type { EntryMove, NextAnswer } from "../../../shared/calls/outbound/wire.ts";
import type { PhoneAnswer, PhoneCommand, PhoneState } from "../../../shared/calls/phone.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { FromServer } from "../phone/ask-telephony.ts";
import type { PresenceBoard } from "../presence/presence.ts";
import { nextDialler, type Desk, type DiallerEvent } from "./next-dialler.ts";

export type DiallerPorts = {
  lists: {
    next(list: string | null): Promise<FromServer<NextAnswer>>;
    move(entryId: string, move: EntryMove): Promise<FromServer<Record<string, never>>>;
  };
  phone: {
    state(): PhoneState;
    onState(listener: (state: PhoneState) => void): () => void;
    ask(command: PhoneCommand): Promise<PhoneAnswer>;
  };
  presence: Pick<PresenceBoard, "mine" | "onChange">;
  clock: { now(): number };
  timers: Timers;
  newId: () => string;
};

export type Dialler = {
  state(): DiallerState;
  onState(listener: (state: DiallerState) => void): () => void;
  do(command: DiallerCommand): void;
  close(): void;
};

/** Well within the server's lease. */
const keepEveryMs = 60_000;
/** Somebody becomes free, a list is filled, the network comes back: nobody tells. */
const askAgainMs = 15_000;
/** A call that the phone took and never showed is over already. */
const unseenAfterMs = 20_000;

/**
 * Works through a list for one person: asks who is next, keeps them while they are read, dials them, waits for the end
 * of wrap-up, and asks again. Here and not in a window, so that it survives a reload and is one for all windows.
 */
export function createDialler(ports: DiallerPorts): Dialler {
  const { lists, phone, presence, clock, timers } = ports;
  const listeners = new Set<(state: DiallerState) => void>();
  let state: DiallerState = diallerOff;
  let cancelTimer = () => {};
  /** Answers to questions of an earlier state are nobody's. */
  let turn = 0;

  const desk = (): Desk => ({ phone: phone.state(), presence: presence.mine().presence });
  const tell = (event: DiallerEvent) => enter(nextDialler(state, event, desk(), clock.now()));

  function enter(next: DiallerState): void {
    if (next === state) return;
    const before = state;
    state = next;
    turn += 1;
    cancelTimer();
    for (const listener of listeners) listener(state);
    act(before);
  }

  /** What a state needs to be done, once, on coming to it. */
  function act(before: DiallerState): void {
    switch (state.at) {
      case "off":
        return letGo(before);
      case "asking":
        return void askNext();
      case "lead":
        return watchLead(state);
      case "dialling":
        return void dial(state);
      case "calling":
        return state.seen ? undefined : after(unseenAfterMs, () => enter({ at: "asking", list: listOf(), note: null, byHand: true })); // prettier-ignore
      case "nobody":
      case "trouble":
        return after(againMs(state), () => void askNext());
    }
  }

  function after(ms: number, then: () => void): void {
    cancelTimer = timers.after(Math.max(0, ms), then);
  }

  function listOf(): string | null {
    return state.at === "off" ? null : state.list;
  }

  async function askNext(): Promise<void> {
    const mine = turn;
    const answer = await lists.next(listOf());
    if (turn !== mine) return;
    tell(answer.ok ? { type: "answered", answer: answer.value } : { type: "failed", message: answer.error.message }); // prettier-ignore
    // Whoever is shown stayed as they are: they are kept by asking again.
    if (turn === mine && state.at === "lead") watchLead(state);
  }

  function watchLead({ dialsAt }: Extract<DiallerState, { at: "lead" }>): void {
    if (dialsAt === null) return after(keepEveryMs, () => void askNext());
    after(Date.parse(dialsAt) - clock.now(), () => tell({ type: "dial", callId: ports.newId() as RecordId }));
  }

  async function dial({ lead, callId }: Extract<DiallerState, { at: "dialling" }>): Promise<void> {
    const mine = turn;
    const answer = await phone.ask({ do: "dial", callId, to: lead.number, leadId: lead.leadId });
    if (turn === mine) tell(answer.ok ? { type: "placed" } : { type: "refused", error: answer.error });
  }

  /** Whoever is shown is put elsewhere first: until then the server would give the same one again. */
  async function move(what: EntryMove): Promise<void> {
    if (state.at !== "lead") return;
    const { list, lead } = state;
    // Nobody is dialled who is on their way out.
    tell({ type: "hold" });
    const answer = await lists.move(lead.entryId, what);
    if (state.at !== "lead" || state.lead.entryId !== lead.entryId) return;
    if (answer.ok) tell({ type: "next" });
    else if (answer.error.code === "not-possible" || answer.error.code === "no-such-call")
      enter({ at: "asking", list, note: answer.error.message, byHand: false });
    else tell({ type: "failed", message: answer.error.message });
  }

  function letGo(before: DiallerState): void {
    if (before.at === "lead") void lists.move(before.lead.entryId, { do: "release" });
  }

  const stops = [
    phone.onState(() => tell({ type: "looked" })),
    presence.onChange(() => tell({ type: "looked" })),
  ];
  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    do(command) {
      switch (command.do) {
        case "start":
          return tell({ type: "start", list: command.list });
        case "stop":
        case "hold":
          return tell({ type: command.do });
        case "call":
          return tell({ type: "dial", callId: ports.newId() as RecordId });
        case "again":
          return tell({ type: "next" });
        case "later":
          return void move({ do: "later", at: command.at });
        case "skip":
        case "remove":
          return void move({ do: command.do });
      }
    },
    close() {
      for (const stop of stops) stop();
      turn += 1;
      cancelTimer();
      letGo(state);
    },
  };

  function againMs(waiting: Extract<DiallerState, { at: "nobody" | "trouble" }>): number {
    const at = waiting.at === "nobody" && "at" in waiting.nobody ? waiting.nobody.at : null;
    // Not before they are due; and now and then all the same, for others may be added.
    return at === null ? askAgainMs : Math.min(Math.max(Date.parse(at) - clock.now(), 1_000), 4 * askAgainMs);
  }
}
