import type { CallEvent, CallTarget, PartyRole } from "../../shared/calls/call-event.ts";
import type { schema } from "../database/index.ts";

export type LineCall = typeof schema.lineCalls.$inferSelect;
type LegRow = typeof schema.callLegs.$inferSelect;

/** What a leg was dialled for, beside being in the call. */
export type Purpose = {
  transferId?: string;
  mode?: "blind" | "warm";
  partyId?: string;
  target?: CallTarget;
  role?: PartyRole;
  /** They have still to hear that the call is recorded, and come into its room when they have. */
  announce?: boolean;
  /** All have to agree once they are here; how it was recorded before, to which it goes back should they never come. */
  before?: Pick<LineCall, "consent" | "recordingWanted"> | undefined;
  /** They come out of another call. */
  merged?: Merged;
  /** Of an agent's own leg: whom they talked to here goes over into that call, and this one is about to end by that. */
  mergesInto?: string;
  /** Of a customer who went over into another call: their leg there. */
  wentOverAs?: { legId: string; sid: string | null };
  /** Waits with the customer, on hold; null = nobody knows, until the carrier is asked again. */
  held?: boolean | null;
};
export type Merged = {
  /** The call that they were in: what is told of its recording and its words is that call's. */
  from: string;
  /** In which room they are, by its call; null = they were sent into this one's, and nobody knows whether it was done. */
  room: string | null;
  /** They are here, or gone, and that call is over. */
  done: boolean;
  doneAt?: string;
  /** Whether the others here were to be on hold. */
  heldBefore: boolean;
};
export type Leg = Omit<LegRow, "purpose"> & { purpose: Purpose };

type WithoutHead<E> = E extends CallEvent ? Omit<E, "source" | "key" | "seq" | "at"> : never;
export type Fact = WithoutHead<CallEvent>;

/** An event before it has its head: the server's own are numbered when they are written. */
export type Said =
  | { by: "server"; key: string; fact: Fact }
  | { by: "carrier"; sid: string; seq: number; key: string; at: string; fact: Fact };

/** `settle`: make the carrier do what is wanted. `route`: look for somebody who takes the call.
 * `listen`: have its sound sent to us, again or for the first time, or have the carrier write it down. */
export type LineJob = "settle" | "route" | "reconcile" | "listen";

/** A call's line while a transaction works on it: what it is, and what came to pass in this transaction. */
export type Line = {
  readonly call: LineCall;
  readonly legs: readonly Leg[];
  readonly said: readonly Said[];
  readonly jobs: readonly { kind: LineJob; afterMs: number }[];
  /** Legs of the carrier's that should not exist, such as a second one after an answer that was lost. */
  readonly strays: readonly string[];
};

export function lineOf(call: LineCall, legs: readonly Leg[]): Line {
  return { call, legs, said: [], jobs: [], strays: [] };
}

export function changeCall(line: Line, patch: Partial<LineCall>): Line {
  return { ...line, call: { ...line.call, ...patch } };
}

export function changeLeg(line: Line, legId: string, patch: Partial<Leg>): Line {
  return { ...line, legs: line.legs.map((leg) => (leg.id === legId ? { ...leg, ...patch } : leg)) };
}

/** Noted of whoever is put on hold or taken off it; null = nobody knows until the carrier is asked again. */
export function changeHeld(line: Line, { id, role, purpose }: Leg, held: boolean | null): Line {
  if (role === "customer") return changeCall(line, { held });
  return changeLeg(line, id, { purpose: { ...purpose, held } });
}

/** Whoever matches must leave; they are asked to until they have. */
export function dismiss(line: Line, which: (leg: Leg) => boolean): Line {
  const legs = line.legs.map((leg) =>
    leg.state !== "ended" && leg.wanted && which(leg) ? { ...leg, wanted: false } : leg,
  );
  return ask({ ...line, legs }, "settle");
}

export function tell(line: Line, key: string, fact: Fact): Line {
  return { ...line, said: [...line.said, { by: "server", key, fact }] };
}

export function ask(line: Line, kind: LineJob, afterMs = 0): Line {
  return { ...line, jobs: [...line.jobs.filter((job) => job.kind !== kind), { kind, afterMs }] };
}

export function legOf(line: Line, role: Leg["role"]): Leg | undefined {
  return line.legs.find((leg) => leg.role === role && leg.state !== "ended" && leg.wanted);
}

/** The leg of whoever has the call. */
export function agentLegOf(line: Line): Leg | undefined {
  return line.legs.find(({ role, state, wanted }) => role === "agent" && state === "live" && wanted);
}

export function customerLegOf(line: Line): Leg | undefined {
  return line.legs.find(({ role, state }) => role === "customer" && state !== "ended");
}

/** Whom its agent talked to goes over into another call, whose settling takes care of them. */
export function isMergedAway(line: Line): boolean {
  return line.call.overAt === null && line.legs.some(({ state, purpose }) => state !== "ended" && purpose.mergesInto !== undefined); // prettier-ignore
}

/** On their way out of another call into this one. */
export function isMerging({ purpose: { merged } }: Leg): boolean {
  return merged !== undefined && !merged.done;
}

/** Nobody but the desk that was to place it was ever in it. */
export function isUndialled({ call, legs }: Line): boolean {
  return call.direction === "outbound" && !legs.some(({ role }) => role === "customer");
}

/** The transfer that is under way, if any. */
export function transferLegOf(line: Line): Leg | undefined {
  return legOf(line, "transfer");
}

/** Given to somebody outside: from its end for us (`overAt`) on it is a call between two others. */
export function isGivenAway({ call, legs }: Line): boolean {
  return call.overAt !== null && legs.some(({ role, purpose }) => role === "party" && purpose.transferId !== undefined); // prettier-ignore
}

/** Its other side talks on in another call: what is said there is none of this one's. */
export function hasGoneOver({ legs }: Line): boolean {
  return legs.some(({ purpose }) => purpose.wentOverAs !== undefined);
}

/** Whether what is said may be kept for as long as it goes on; somebody who does not want that is not asked again. */
export function mayKeepWords(line: Line): boolean {
  return !isGivenAway(line) && line.call.consent !== "refused";
}

/** Somebody in it has not agreed yet, or has refused: what is said now is not kept. */
export function withholdsWords({ call }: { call: Pick<LineCall, "consent"> }): boolean {
  return call.consent === "needed" || call.consent === "refused";
}

type NewLeg = Pick<Leg, "id" | "role"> & Partial<Leg>;

/** A leg that is to be dialled, unless it says that it is up already. */
export function addLeg(line: Line, leg: NewLeg, now: Date): Line {
  const { tenantId, accountId, callId } = line.call;
  const blank: Leg = {
    tenantId,
    accountId,
    callId,
    sid: null,
    agentId: null,
    purpose: {},
    state: "dialling",
    askedAt: null,
    ringMs: 30_000,
    wanted: true,
    anchorWanted: false,
    anchor: false,
    dialledAt: now,
    answeredAt: null,
    endedAt: null,
    ...leg,
  };
  return ask({ ...line, legs: [...line.legs, blank] }, "settle");
}
