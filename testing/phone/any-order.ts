import { CallEvent } from "../../shared/calls/call-event.ts";
import { callRules } from "../../shared/calls/call-record.ts";
import { foldCall } from "../../shared/calls/fold-call.ts";
import type { CallAbility, PhoneCommand } from "../../shared/calls/phone.ts";
import type { PhoneEvent } from "../../renderer/features/phone/machine/model.ts";
import { one, openPhone, start, type TestPhone } from "./stepped-phone.ts";

// A call is told of by three that know nothing of each other: its device, the server's records, and the carrier's
// answers to what was asked of it. Each is a column of beats in an order of its own.

export type Beat = {
  name: string;
  /** What it comes after, besides the beats above it in its column. */
  after: readonly string[];
  /** The person asks for it as soon as it is offered; null = from the start. */
  ask?: { command: PhoneCommand; can: CallAbility | null };
  tell?: (told: Told) => PhoneEvent[];
};
type Told = { transferId: string; askIdOf: (name: string) => string };

export function told(name: string, event: PhoneEvent, ...after: string[]): Beat {
  return { name, after, tell: () => [event] };
}

export function asked(
  name: string,
  command: PhoneCommand,
  can: CallAbility | null,
  ...after: string[]
): Beat {
  return { name, after, ask: { command, can } };
}

/** The carrier has done it, and that much the window tells itself. */
export function done(of: string, event: (told: Told) => PhoneEvent[] = () => [], ...after: string[]): Beat {
  return {
    name: `${of} done`,
    after: [of, ...after],
    tell: (so) => [...event(so), { type: "done", askId: so.askIdOf(of) }],
  };
}

export type Fact = { type: string; after?: string; [field: string]: unknown };

/** What the server knows, a record for each fact. */
export function records(...facts: Fact[]): Beat[] {
  return facts.map(({ after }, index) => ({
    name: `record ${index}`,
    after: after ? [after] : [],
    tell({ transferId }) {
      const log = facts.slice(0, index + 1).map((fact, seq) => eventOf(fact, seq, transferId));
      const call = foldCall(log, callRules);
      return call ? [{ type: "record", callId: one, call }] : [];
    },
  }));
}

function eventOf({ after: _after, ...fact }: Fact, seq: number, transferId: string): CallEvent {
  const at = new Date(start + seq).toISOString();
  const ofTransfer = fact.type.startsWith("transfer-") ? { transferId } : {};
  return CallEvent.parse({ ...fact, ...ofTransfer, source: "server:line", key: `line:${seq}`, seq, at });
}

/**
 * Plays all beats on a new phone, each time one of those that can be next.
 * @param choose one of so many, from 0
 * @returns the phone, and the beats that could never be played
 */
export function playInAnyOrder(
  columns: readonly (readonly Beat[])[],
  choose: (among: number) => number,
): { phone: TestPhone; unplayed: string[] } {
  const phone = openPhone();
  const left = columns.map((column) => [...column]);
  const played = new Set<string>();
  const askIds = new Map<string, string>();
  for (;;) {
    const ready = left.filter(([beat]) => beat && isPossible(phone, beat, played));
    const beat = ready[choose(ready.length)]?.shift();
    if (!beat) return { phone, unplayed: left.flat().map(({ name }) => name) };
    if (beat.ask) {
      askIds.set(beat.name, `ask-${askIds.size + 1}`);
      phone.ask(beat.ask.command);
    }
    const so = { transferId: transferIdOf(phone), askIdOf: (name: string) => askIds.get(name) ?? "" };
    for (const event of beat.tell?.(so) ?? []) if (isHeard(phone, event)) tellOut(phone, event);
    played.add(beat.name);
  }
}

/** A window follows the records of calls that are here, or were left, and of no others. */
function isHeard(phone: TestPhone, event: PhoneEvent): boolean {
  const { calls, left } = phone.phone();
  return event.type !== "record" || [...calls, ...left].some(({ callId }) => callId === event.callId);
}

/** What is due at once is, before anything else is heard. */
function tellOut(phone: TestPhone, event: PhoneEvent): void {
  for (const effect of phone.tell(event))
    if (effect.do === "after" && effect.delayMs === 0) {
      const { what, callId } = effect;
      phone.tell({ type: "due", what, callId });
    }
}

function isPossible(phone: TestPhone, { after, ask }: Beat, played: ReadonlySet<string>): boolean {
  if (!after.every((name) => played.has(name))) return false;
  const [call] = phone.shown().calls;
  return !ask?.can || (call?.pending === null && call.can.includes(ask.can));
}

/** Made by the phone that asks for it, otherwise by a colleague's. */
function transferIdOf({ all }: TestPhone): string {
  const asking = all.find((effect) => effect.do === "transfer");
  return asking?.do === "transfer" ? asking.transferId : "theirs";
}
