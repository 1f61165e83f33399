import type { Instant } from "../../entities/fields.ts";
import type { RecordId, UserId } from "../../entities/id.ts";
import type { CallList } from "../../entities/setting.ts";
import { assertNever } from "../../result/result.ts";
import type { AttemptOutcome, CallListEntry, DoneReason, EntryState, WaitReason } from "./entry.ts";

/** What a list has decided about its people. */
export type ListRules = Pick<CallList, "maxAttempts" | "retryMinutes">;

/** `not-dialled`: the called telephone was never asked to ring, so that it counts as no attempt. */
export type DialOutcome = AttemptOutcome | "not-dialled";

/** Something that happens to somebody in a list. */
export type EntryEvent =
  | { type: "reserved"; by: UserId; until: Instant }
  | { type: "released" }
  | { type: "dialled"; by: UserId; callId: RecordId }
  | { type: "called"; callId: RecordId; outcome: DialOutcome }
  /** Not now: by the rules of calling, or by the word of a person. */
  | { type: "put-off"; until: Instant; because: WaitReason }
  /** Never, by the rules of calling. */
  | { type: "blocked" }
  /** By a call that was none of the list's. */
  | { type: "met"; callId: RecordId }
  | { type: "removed" };

/**
 * What an event makes of an entry. Pure; what makes no sense where the entry is changes nothing, and the very same
 * entry is returned.
 *
 * Invariants: who is done stays so; nobody is dialled but by whoever holds them; nobody is held before their time, by
 * two agents, or after the last attempt; the end of a call counts once, however often it is told.
 */
export function nextEntry(
  entry: CallListEntry,
  event: EntryEvent,
  rules: ListRules,
  now: Instant,
): CallListEntry {
  switch (event.type) {
    case "reserved":
      return reserve(entry, event, rules, now);
    case "released":
      return entry.now.state === "reserved" ? wait(entry) : entry;
    case "dialled":
      return isHeldBy(entry, event.by)
        ? { ...entry, now: { ...turnOf(entry), state: "calling", by: event.by, callId: event.callId } }
        : entry;
    case "called":
      return nextAttempt(rules, entry, event, now);
    case "put-off":
      return isOpen(entry) ? wait(entry, event.until, event.because) : entry;
    case "blocked":
      return isOpen(entry) ? finish(entry, "blocked", now) : entry;
    case "met":
      return isOpen(entry) ? finish(noting(entry, event.callId, "reached", now), "reached", now) : entry;
    case "removed":
      return isOpen(entry) ? finish(entry, "removed", now) : entry;
    default:
      return assertNever(event);
  }
}

/** What the end of its call makes of an entry; of any other call, or told again, nothing. */
export function nextAttempt(
  rules: ListRules,
  entry: CallListEntry,
  { callId, outcome }: { callId: RecordId; outcome: DialOutcome },
  now: Instant,
): CallListEntry {
  if (entry.now.state !== "calling" || entry.now.callId !== callId) return entry;
  if (outcome === "not-dialled") return wait(entry);
  const tried = { ...noting(entry, callId, outcome, now), attempts: entry.attempts + 1 };
  if (outcome === "reached") return finish(tried, "reached", now);
  const minutes = rules.retryMinutes[outcome];
  if (minutes === null || tried.attempts >= rules.maxAttempts) return finish(tried, "attempts", now);
  return wait(tried, new Date(Date.parse(now) + minutes * 60_000).toISOString(), "retry");
}

function reserve(
  entry: CallListEntry,
  { by, until }: Extract<EntryEvent, { type: "reserved" }>,
  { maxAttempts }: ListRules,
  now: Instant,
): CallListEntry {
  if (!isFree(entry, by, now)) return entry;
  // The list may allow fewer than when they were tried last.
  if (entry.attempts >= maxAttempts) return finish(entry, "attempts", now);
  return { ...entry, now: { ...turnOf(entry), state: "reserved", by, until } };
}

function isFree({ now: state }: CallListEntry, by: UserId, now: Instant): boolean {
  if (state.state === "reserved") return state.by === by || state.until <= now;
  return state.state === "waiting" && (state.notBefore === null || state.notBefore <= now);
}

/** A lease that has ended is still theirs until somebody else takes it. */
function isHeldBy({ now }: CallListEntry, userId: UserId): boolean {
  return now.state === "reserved" && now.by === userId;
}

/** Neither done nor on the line. */
function isOpen({ now }: CallListEntry): boolean {
  return now.state === "waiting" || now.state === "reserved";
}

type Turn = Pick<Extract<EntryState, { state: "waiting" }>, "notBefore" | "because">;

function turnOf({ now }: CallListEntry): Turn {
  if (now.state === "done") throw new Error("who is done has no turn");
  return { notBefore: now.notBefore, because: now.because };
}

/** Without a time as it waited before. */
function wait(entry: CallListEntry, until?: Instant, because?: WaitReason): CallListEntry {
  const turn = until && because ? { notBefore: until, because } : turnOf(entry);
  return { ...entry, now: { state: "waiting", ...turn } };
}

function finish(entry: CallListEntry, why: DoneReason, at: Instant): CallListEntry {
  return { ...entry, now: { state: "done", why, at } };
}

function noting(entry: CallListEntry, callId: RecordId, outcome: AttemptOutcome, at: Instant): CallListEntry {
  return { ...entry, last: { outcome, at, callId } };
}
