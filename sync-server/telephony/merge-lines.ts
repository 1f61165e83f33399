import { err, ok, type Result } from "../../shared/result/result.ts";
import { newRecordId, type RecordId } from "../../shared/entities/id.ts";
import {
  agentLegOf,
  ask,
  changeCall,
  changeLeg,
  customerLegOf,
  dismiss,
  isMergedAway,
  tell,
  transferLegOf,
  type Leg,
  type Line,
  type Merged,
} from "./line.ts";
import { mergedIn, mustHear, noteGone, noteMerged } from "./recording-terms.ts";
import type { Refusal } from "./transfer.ts";

// Two calls of one person become one: whoever is in the second goes over into the room of the first. Decided on both
// lines alone. From the beginning on the leg that goes over is the first one's, whose settling sends it there and says
// when it has come; until it was sent it can be given back, and talks in its own room as before.

/** `into`: goes on; `from`: whose other side goes over, and which is over then. */
export type Lines = { into: Line; from: Line };

export function startMerge({ into, from }: Lines, userId: string): Result<Lines, Refusal> {
  const fromId = from.call.callId as RecordId;
  if (mergedLegOf(into, fromId)) return ok({ into, from });
  const [customer, own] = [customerLegOf(from), agentLegOf(from)];
  const fault = faultOf({ into, from }, userId);
  if (fault !== null || !customer || !own) return err({ code: "not-possible", message: fault ?? mustBeUp });
  const { callId: intoId, holdWanted } = into.call;
  const leg: Leg = {
    ...customer,
    callId: intoId,
    role: "party",
    anchor: false,
    anchorWanted: false,
    purpose: {
      partyId: fromId,
      target: { kind: "number", number: from.call.theirs },
      role: "party",
      merged: { from: fromId, room: fromId, done: false, heldBefore: holdWanted },
    },
  };
  const heard = changeCall({ ...into, legs: [...into.legs, leg] }, { holdWanted: false });
  const left = { ...from, legs: from.legs.filter(({ id }) => id !== customer.id) };
  return ok({
    into: ask(mergedIn(heard, leg, from.call), "settle"),
    from: changeLeg(left, own.id, { purpose: { ...own.purpose, mergesInto: intoId } }),
  });
}

/** Whoever came, or is coming, out of that call. */
export function mergedLegOf({ legs }: Line, fromId: string): Leg | undefined {
  return legs.find(({ purpose }) => purpose.merged?.from === fromId);
}

const mustBeUp = "Both calls must be up.";

/** Why not, for the person who asks; null = they can be merged. */
function faultOf({ into, from }: Lines, userId: string): string | null {
  if (into.call.callId === from.call.callId) return "That is one call.";
  if (into.call.accountId !== from.call.accountId)
    return "These calls are at two providers, who cannot bring them together.";
  for (const line of [into, from]) {
    if (agentLegOf(line)?.agentId !== userId) return "Both calls must be yours.";
    const customer = customerLegOf(line);
    const isUp = line.call.overAt === null && customer?.state === "live" && customer.sid !== null;
    if (!isUp || line.call.voicemailAt !== null || isMergedAway(line)) return mustBeUp;
    if (transferLegOf(line)) return "One of the calls is being transferred.";
    if (mustHear(line, customer)) return "Somebody still hears that the call is recorded: try again.";
    if (line.legs.some(isOnTheirWay)) return "Somebody is still being called: wait, or let go of them.";
  }
  // The carrier is being asked to begin it, maybe only when they are in the other room already: nobody would end it there.
  if (from.call.recording === null) return "The recording is just being switched: try again in a moment.";
  const isShared = from.legs.some(({ role, state, wanted }) => role === "party" && state === "live" && wanted); // prettier-ignore
  return isShared ? "Others are in the call that would go over: let go of them first." : null;
}

/** They are rung, hear that the call is recorded, or are about to come out of another call. */
function isOnTheirWay({ role, state, wanted, purpose }: Leg): boolean {
  const { announce, merged } = purpose;
  const isThere = state === "live" && announce !== true && merged?.done !== false;
  return role === "party" && wanted && state !== "ended" && !isThere;
}

/**
 * They are in, and their own call is over; or they have hung up on the way, and it is over by that. What was recorded of
 * them in it, or written down, may be told later: it keeps what is needed to know them.
 */
export function concludeMerge({ into, from }: Lines, legId: string, now: Date): Lines {
  const leg = into.legs.find(({ id }) => id === legId);
  const merged = leg?.purpose.merged;
  if (!leg || !merged || merged.done) return { into, from };
  const mergedInto = into.call.callId as RecordId;
  const isHere = leg.state !== "ended";
  const known = withMerged(into, leg, { ...merged, done: true, doneAt: now.toISOString() });
  const kept = { ...from, legs: [...from.legs, tracesOf(leg, from, now)] };
  const ended = { type: "ended", why: "completed", ...(isHere && { mergedInto }) } as const;
  const over = tell(changeCall(kept, { overAt: now }), "merged", ended);
  return { into: isHere ? noteJoined(known, leg, from) : known, from: dismiss(over, () => true) };
}

function noteJoined(line: Line, leg: Leg, from: Line): Line {
  const agreed = noteMerged(line, leg, from.call);
  // Of whoever hears first that it is recorded, it is told when they come in: hearJoined.
  if (mustHear(agreed, leg)) return agreed;
  const { partyId = leg.id, target } = leg.purpose;
  if (!target) return agreed;
  const fromCall = from.call.callId as RecordId;
  return tell(agreed, `merged:${partyId}`, {
    type: "party-joined",
    partyId,
    target,
    role: "party",
    fromCall,
  });
}

function tracesOf({ id, sid, ...leg }: Leg, { call: { callId } }: Line, now: Date): Leg {
  return {
    ...leg,
    id: newRecordId(),
    sid: null,
    callId,
    role: "customer",
    state: "ended",
    wanted: false,
    endedAt: leg.endedAt ?? now,
    purpose: { wentOverAs: { legId: id, sid } },
  };
}

/** It came to nothing: they talk in their own call, and the first one is as it was before. */
export function partLines({ into, from }: Lines, legId: string): Lines {
  const leg = into.legs.find(({ id }) => id === legId);
  const merged = leg?.purpose.merged;
  if (!leg || !merged || merged.done) return { into, from };
  const rest = noteGone({ ...into, legs: into.legs.filter(({ id }) => id !== legId) }, leg);
  const isUp = into.call.overAt === null && agentLegOf(into) !== undefined;
  const alone = isUp ? changeCall(rest, { holdWanted: merged.heldBefore }) : rest;
  return { into: ask(alone, "settle"), from: giveBack(from, leg, merged) };
}

function giveBack(from: Line, leg: Leg, { room }: Merged): Line {
  const { callId, recording, transcribedBy } = from.call;
  const customer: Leg = { ...leg, callId, role: "customer", wanted: true, anchor: true, anchorWanted: true, purpose: {} }; // prettier-ignore
  const own = agentLegOf(from);
  const back = { ...from, legs: [...from.legs, customer] };
  // Their own line to this call broke meanwhile: nobody would talk to them.
  if (!own) return dismiss(back, () => true);
  const { mergesInto: _, ...purpose } = own.purpose;
  const again = ask(changeLeg(back, own.id, { purpose }), "settle");
  if (room !== null) return again;
  // Asked to go over they were neither recorded nor written down any more.
  const isHeard = transcribedBy === "carrier" || transcribedBy === "speech";
  const kept = recording === "off" ? again : changeCall(again, { recording: null });
  return isHeard ? ask(kept, "listen") : kept;
}

/** Sent over, or about to be: where they are is known when the carrier has answered. */
export function noteRoom(line: Line, leg: Leg, room: string | null): Line {
  const { merged } = leg.purpose;
  return merged ? withMerged(line, leg, { ...merged, room }) : line;
}

function withMerged(line: Line, leg: Leg, merged: Merged): Line {
  return changeLeg(line, leg.id, { purpose: { ...leg.purpose, merged } });
}

/** What is told of a merge. `parted`: it came to nothing, and everybody is as before. */
export type MergeState = { is: "done" | "parted" } | { is: "goes-on" | "not-begun"; leg: Leg };

/** How far it is. */
export function stateOfMerge(into: Line, fromId: string): MergeState {
  const leg = mergedLegOf(into, fromId);
  const merged = leg?.purpose.merged;
  if (!leg || !merged) return { is: "parted" };
  if (merged.done && into.call.held === false) return { is: "done" };
  return { is: merged.room === fromId ? "not-begun" : "goes-on", leg };
}
