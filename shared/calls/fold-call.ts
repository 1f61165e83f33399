import type { CallState } from "./call.ts";
import type { CallEvent, CallEventOf } from "./call-event.ts";
import { isGuess, nextCall, type CallRules } from "./next-call.ts";

/**
 * A call from everything that was ever said of it, in whatever order it came and however often: the events are a
 * set, and a set has one order ([CALL-ORDER] below). So a webhook that comes twice, late or before its time changes
 * nothing but what it says.
 *
 * @returns null where nothing was said
 */
export function foldCall(events: Iterable<CallEvent>, rules: CallRules): CallState | null {
  let call: CallState | null = null;
  for (const event of inOrder(events)) call = nextCall(call, event, rules);
  return call;
}

/** `<source> <key>`: what two reports of one event have in common. */
export function identityOf({ source, key }: Pick<CallEvent, "source" | "key">): string {
  return `${source} ${key}`;
}

/**
 * [CALL-ORDER] Birth, life, end, what comes after the end; within these by time, within one source by its own count.
 * The end comes last of a life however its time reads: carriers stamp whole seconds, devices have clocks of their
 * own, and after the end nothing can have happened on the line. Of several ends the carrier's counts, then the
 * server's, then a device's, and last what the server only supposes.
 */
export function inOrder(events: Iterable<CallEvent>): CallEvent[] {
  return withoutRepeats(events)
    .map((event) => ({ event, at: event.at }))
    .sort(bySourceAndSeq)
    .map(carryTime())
    .sort(canonical)
    .map(({ event, at }) => ({ ...event, at }));
}

type Timed = { event: CallEvent; at: string };

/** Of two events that claim one identity the smaller text counts: any rule would do that does not look at arrival. */
function withoutRepeats(events: Iterable<CallEvent>): CallEvent[] {
  const byIdentity = new Map<string, CallEvent>();
  for (const event of events) {
    const known = byIdentity.get(identityOf(event));
    if (!known || textOf(event) < textOf(known)) byIdentity.set(identityOf(event), event);
  }
  return [...byIdentity.values()];
}

function textOf(event: CallEvent): string {
  return JSON.stringify(Object.entries(event).sort(([a], [b]) => compare(a, b)));
}

function bySourceAndSeq(a: Timed, b: Timed): number {
  return (
    compare(a.event.source, b.event.source) || a.event.seq - b.event.seq || compare(a.event.key, b.event.key)
  );
}

/** A source's clock may be set back in the middle of a call; its count may not. */
function carryTime(): (timed: Timed) => Timed {
  let source = "";
  let latest = "";
  return ({ event, at }) => {
    latest = event.source === source && latest > at ? latest : at;
    source = event.source;
    return { event, at: latest };
  };
}

function canonical(a: Timed, b: Timed): number {
  return (
    chapterOf(a.event) - chapterOf(b.event) ||
    (a.event.type === "ended" && b.event.type === "ended"
      ? authorityOf(a.event) - authorityOf(b.event)
      : 0) ||
    compare(a.at, b.at) ||
    bySourceAndSeq(a, b)
  );
}

const birth: ReadonlySet<string> = new Set(["offered", "requested"]);
const afterlife: ReadonlySet<string> = new Set(["recording-ready", "wrap-up-extended", "wrapped-up"]);

function chapterOf({ type }: CallEvent): number {
  if (birth.has(type)) return 0;
  if (type === "ended") return 2;
  return afterlife.has(type) ? 3 : 1;
}

const authorities = ["carrier", "server", "device"];

function authorityOf(end: CallEventOf<"ended">): number {
  return isGuess(end)
    ? authorities.length
    : authorities.indexOf(end.source.slice(0, end.source.indexOf(":")));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
