import type { Lead } from "../../../shared/entities/lead.ts";
import { accountsTeam, nameOf } from "../people.ts";
import { rollDice, seedOf } from "../random.ts";
import { callerInWeek, callers, type Caller } from "./callers.ts";
import { invoiceLines, supportLines } from "./account-lines.ts";
import type { Lines } from "./lines.ts";
import { placeDialogue, type Placed } from "./place-dialogue.ts";
import { lengthOf, weekOf, type DemoCall } from "./plan-talks.ts";
import { salesLines } from "./sales-lines.ts";
import { writeDialogue } from "./write-dialogue.ts";

/** Words of both sides a minute, pauses included. */
const wordsAMinute = 124;

/**
 * What was said in a past call of the demo. Pure: the same call always has the same words, and how it went shows
 * who held it.
 */
export function tellCall(call: DemoCall, lead: Pick<Lead, "name">, now: string): Placed[] {
  const caller = callerOf(call, now);
  if (caller === null || call.agentId === null) return [];
  const dice = rollDice(seedOf(hashOf(call.id), 7));
  const durationMs = lengthOf(call);
  const names = { agent: firstOf(nameOf(call.agentId)), first: firstOf(lead.name) };
  const words = Math.round((durationMs / 60_000) * wordsAMinute);
  const said = writeDialogue({ lines: linesFor(call), caller, disposition: call.disposition, names, words }, dice); // prettier-ignore
  return placeDialogue(said, caller, durationMs, dice);
}

function callerOf({ agentId, startedAt }: DemoCall, now: string): Caller | null {
  const caller = callers[agentId ?? ""];
  return caller ? callerInWeek(caller, Math.max(0, weekOf(startedAt, now))) : null;
}

function linesFor({ teamId, direction }: DemoCall): Lines {
  if (teamId !== accountsTeam) return salesLines;
  return direction === "outbound" ? invoiceLines : supportLines;
}

function firstOf(name: string): string {
  return name.split(" ")[0] ?? name;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
