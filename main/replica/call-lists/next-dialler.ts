import type { CountdownHeld, DiallerAt, DiallerState } from "../../../shared/calls/outbound/dialler.ts";
import type { NextAnswer, OfferedLead } from "../../../shared/calls/outbound/wire.ts";
import type { PhoneRefusal, PhoneState } from "../../../shared/calls/phone.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { assertNever } from "../../../shared/result/result.ts";
import type { Presence } from "../../../shared/sync/wire.ts";

/** What decides whether a machine may dial for somebody. */
export type Desk = { phone: PhoneState; presence: Presence };

export type DiallerEvent =
  | { type: "start"; list: string | null }
  | { type: "stop" }
  /** The server has said who comes next, or that it keeps them for us. */
  | { type: "answered"; answer: NextAnswer }
  | { type: "failed"; message: string }
  /** Phone or presence are another. */
  | { type: "looked" }
  | { type: "hold" }
  | { type: "dial"; callId: RecordId }
  | { type: "placed" }
  | { type: "refused"; error: PhoneRefusal }
  /** Whoever was shown is dealt with, or nobody came: the next one is to be asked for. */
  | { type: "next" };

/**
 * What an event makes of somebody's work through a list. Pure: the driver asks the server while it is `asking`, dials
 * when it becomes `dialling`, and at `dialsAt`.
 *
 * Invariants: nothing is dialled by itself but from a power list, for somebody who is available and has no call and no
 * wrap-up open; a countdown that a person stopped stays stopped for whoever is shown.
 */
export function nextDialler(state: DiallerState, event: DiallerEvent, desk: Desk, now: number): DiallerState {
  switch (event.type) {
    case "start":
      return isOnTheLine(state) ? { ...state, list: event.list } : ask(event.list);
    case "stop":
      return { at: "off" };
    case "answered":
      return take(state, event.answer, desk, now);
    case "failed":
      return fail(state, event.message, now);
    case "looked":
      return look(state, desk, now);
    case "hold":
      return state.at === "lead" && state.lead.mode === "power"
        ? { ...state, dialsAt: null, held: "person" }
        : state;
    case "dial":
      return state.at === "lead"
        ? { at: "dialling", list: state.list, lead: state.lead, callId: event.callId }
        : state;
    case "placed":
      return state.at === "dialling" ? look({ ...state, at: "calling", seen: false }, desk, now) : state;
    case "refused":
      return state.at === "dialling" ? afterRefusal(state, event.error) : state;
    case "next":
      return state.at === "off" || isOnTheLine(state) ? state : ask(state.list);
    default:
      return assertNever(event);
  }
}

type OnTheLine = DiallerAt<"dialling" | "calling">;

function isOnTheLine(state: DiallerState): state is OnTheLine {
  return state.at === "dialling" || state.at === "calling";
}

/** Whoever is shown stays, for as long as the server keeps them for us. */
function fail(state: DiallerState, message: string, now: number): DiallerState {
  if (state.at === "off" || isOnTheLine(state)) return state;
  if (state.at === "lead" && Date.parse(state.lead.until) > now) return state;
  return { at: "trouble", list: state.list, message };
}

function ask(list: string | null, note: string | null = null, byHand = false): DiallerState {
  return { at: "asking", list, note, byHand };
}

function take(state: DiallerState, answer: NextAnswer, desk: Desk, now: number): DiallerState {
  if (state.at === "off" || isOnTheLine(state)) return state;
  const { list } = state;
  const note = state.at === "trouble" ? null : state.note;
  if (!answer.found) return { at: "nobody", list, nobody: answer.nobody, note };
  // The list may have become one that is read first.
  const isKept = state.at === "lead" && state.lead.entryId === answer.lead.entryId && state.lead.mode === answer.lead.mode; // prettier-ignore
  if (isKept) return { ...state, lead: answer.lead };
  const byHand = state.at === "asking" && state.byHand;
  return show(list, answer.lead, note, byHand ? "person" : null, desk, now);
}

function show(
  list: string | null,
  lead: OfferedLead,
  note: string | null,
  held: CountdownHeld | null,
  desk: Desk,
  now: number,
): DiallerAt<"lead"> {
  const shown: DiallerAt<"lead"> = { at: "lead", list, lead, note, dialsAt: null, held: null };
  if (lead.mode === "preview") return shown;
  const why = held === "person" ? held : obstacleOf(desk);
  if (why !== null) return { ...shown, held: why };
  return { ...shown, dialsAt: new Date(now + lead.previewSeconds * 1_000).toISOString() };
}

/** What keeps a machine from dialling for this person at this moment. */
export function obstacleOf({ phone, presence }: Desk): CountdownHeld | null {
  // A call that rings counts too: whoever is about to answer is not free.
  if (phone.calls.length > 0) return "call";
  if (presence !== "available") return "presence";
  return phone.line.state === "ready" ? null : "phone";
}

function look(state: DiallerState, desk: Desk, now: number): DiallerState {
  if (state.at === "calling") return lookAtCall(state, desk);
  if (state.at !== "lead" || state.lead.mode === "preview" || state.held === "person") return state;
  const why = obstacleOf(desk);
  if (why === state.held) return state;
  // There is time to read again, once nothing is in the way any more.
  return show(state.list, state.lead, state.note, null, desk, now);
}

function lookAtCall(state: DiallerAt<"calling">, { phone }: Desk): DiallerState {
  const isShown = phone.calls.some(({ callId }) => callId === state.callId);
  if (isShown) return state.seen ? state : { ...state, seen: true };
  // Without a phone nobody can say whether the call still goes on.
  return state.seen && phone.line.state !== "off" ? ask(state.list) : state;
}

/** A rule forbids it: the server has put them off already. Anything else a person has to look at first. */
function afterRefusal({ list, lead }: DiallerAt<"dialling">, { code, message }: PhoneRefusal): DiallerState {
  return code === "blocked"
    ? ask(list, `${lead.leadName} was not called. ${message}`)
    : ask(list, message, true);
}
