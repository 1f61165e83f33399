import type { RecordingLaw } from "../../shared/calls/compliance/dial-verdict.ts";
import { stricterOf } from "../../shared/calls/compliance/recording-consent.ts";
import type { ConsentAnswer } from "../../shared/calls/server-wire.ts";
import type { UserId } from "../../shared/entities/id.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import {
  ask,
  changeCall,
  changeLeg,
  isMerging,
  tell,
  type Leg,
  type Line,
  type LineCall,
  type Purpose,
} from "./line.ts";
import type { Refusal } from "./transfer.ts";

// Whether a call is recorded, and who hears or agrees first. What the law says is decided in shared/calls/compliance.

type Terms = Pick<LineCall, "announce" | "consent" | "recordingWanted">;
type Before = NonNullable<Purpose["before"]>;

/**
 * How the recording of a call begins: at once, once the other side has heard of it, or not before they have said yes.
 * @param always everybody hears of it, because the tenant wants it so
 */
export function recordingTerms(law: RecordingLaw, tenant: { records: boolean; always: boolean }): Terms {
  if (!tenant.records) return { announce: false, consent: "unneeded", recordingWanted: "off" };
  // To be told that it is recorded, while it is not, would be wrong.
  if (law === "ask") return { announce: false, consent: "needed", recordingWanted: "off" };
  const isTold = tenant.always || law === "inform";
  return { announce: isTold, consent: isTold ? "told" : "unneeded", recordingWanted: "on" };
}

/** Who writes down what is said in a call that begins: where the other side has to agree first, nobody before that. */
export function transcriberOf(
  wanted: "carrier" | "speech" | "nobody",
  { consent }: Pick<LineCall, "consent">,
): LineCall["transcribedBy"] {
  return consent === "needed" && wanted !== "nobody" ? `${wanted}-once-agreed` : wanted;
}

/** They have agreed: from here on what is said is written down. */
function beginWords(line: Line): Line {
  const { transcribedBy } = line.call;
  if (transcribedBy !== "carrier-once-agreed" && transcribedBy !== "speech-once-agreed") return line;
  const by = transcribedBy === "speech-once-agreed" ? "speech" : "carrier";
  return ask(changeCall(line, { transcribedBy: by }), "listen");
}

/**
 * Somebody outside is asked into a call: the strictest law among all who will then be in it holds. Where that is to hear
 * of the recording, they do so when they pick up, before they come into the room. Only what is heard in the room is
 * recorded, so nothing of them is before that, and neither the talk there nor its recording is stopped for it. Where it
 * is to agree, the recording pauses while they are rung, and once they are here until all have been asked.
 * @param after the line with their leg
 */
export function askedIn(before: Line, after: Line, law: RecordingLaw): Line {
  const leg = after.legs.find(({ id }) => before.legs.every((known) => known.id !== id));
  if (!leg) return after;
  const { consent, recordingWanted } = after.call;
  const awaited = after.legs.find((other) => isAwaited(after, other))?.purpose.before;
  if (awaited) return awaitToo(after, leg, awaited, law);
  if (recordingWanted === "off" || consent === "needed" || consent === "refused") return after;
  return underLaw(after, leg, stricterOf(law, lawBehind(consent)));
}

/** @param law the strictest among all who will be in it */
function underLaw(line: Line, leg: Leg, law: RecordingLaw): Line {
  const { consent, recordingWanted } = line.call;
  switch (law) {
    case "none":
      return line;
    case "inform": {
      const told = changeCall(line, { consent: "told" });
      return changeLeg(told, leg.id, { purpose: { ...leg.purpose, announce: true } });
    }
    case "ask": {
      // One that has not begun yet would begin only to be paused.
      const stopped = line.call.recording === "off" ? "off" : "paused";
      const asked = changeCall(line, { consent: "needed", recordingWanted: stopped });
      return changeLeg(asked, leg.id, { purpose: { ...leg.purpose, before: { consent, recordingWanted } } });
    }
  }
}

/**
 * Whom somebody of us talks to in another call comes into this one: the stricter rule of the two holds from then on. They
 * have heard in theirs what they had to hear; where they have not, or were not recorded there for a reason that nobody
 * knows any more, it is as if they were called.
 * @param leg theirs, in the line
 * @param other their own call
 */
export function mergedIn(line: Line, leg: Leg, other: Terms): Line {
  const { consent, recordingWanted } = line.call;
  const isOpen = other.consent === "needed" || other.consent === "refused";
  const isSettled = consent === "needed" || consent === "refused" || (consent === "given" && other.consent === "given"); // prettier-ignore
  if (isSettled || (recordingWanted === "off" && !isOpen)) return line;
  const isUnknown = other.consent === "unneeded" && other.recordingWanted === "off";
  const law = stricterOf(isUnknown ? "ask" : lawBehind(other.consent), lawBehind(consent));
  const hasHeard = other.consent === "told" && law === "inform";
  return hasHeard ? changeCall(line, { consent: "told" }) : underLaw(line, leg, law);
}

/** They are here: what they had refused before counts for everybody, and of what is open their desk hears now. */
export function noteMerged(line: Line, leg: Leg, { consent }: Terms): Line {
  const here = noteHere(line, leg);
  if (consent !== "refused" || here.call.consent === "refused") return here;
  const fact = { type: "consent", how: "refused", number: numberOf(leg) } as const;
  const told = tell(changeCall(here, { consent }), `consent-refused:${here.call.nextSeq}`, fact);
  return ask(here.call.recordingWanted === "on" ? pauseRecording(told) : told, "settle");
}

/** Whether nothing is recorded for their sake, though they are not here yet. */
function isAwaited({ call }: Line, { state, purpose }: Leg): boolean {
  return call.consent === "needed" && state !== "ended" && purpose.before !== undefined;
}

/** Nobody tells them that it is recorded while it is not, so whoever would have to know is asked with all others. */
function awaitToo(line: Line, leg: Leg, before: Before, law: RecordingLaw): Line {
  const mayStayUntold = stricterOf(law, lawBehind(before.consent)) === "none";
  return mayStayUntold ? line : changeLeg(line, leg.id, { purpose: { ...leg.purpose, before } });
}

/**
 * Somebody picked up. Where all have to be asked for their sake, the desk hears of it only now: of whoever never comes
 * there would be nothing to take back. From here on it has to be answered, also should they go again.
 */
export function noteHere(line: Line, leg: Leg): Line {
  if (!isAwaited(line, leg)) return line;
  const firm = changeBefore(line, () => undefined);
  return needConsent(firm, numberOf(leg));
}

/** Somebody has gone. Where they never came, and nobody else is awaited, it is recorded as before they were called. */
export function noteGone(line: Line, { purpose: { before } }: Leg): Line {
  const { consent, overAt } = line.call;
  if (!before || consent !== "needed" || overAt !== null) return line;
  return line.legs.some((other) => isAwaited(line, other)) ? line : ask(changeCall(line, before), "settle");
}

/** A pause of the agent's outlasts the one for somebody who is awaited. */
export function pauseRecording(line: Line): Line {
  const paused = changeBefore(line, (before) => ({ ...before, recordingWanted: "paused" }));
  return changeCall(paused, { recordingWanted: "paused" });
}

function changeBefore(line: Line, change: (before: Before) => Before | undefined): Line {
  const legs = line.legs.map((leg) => {
    const { before } = leg.purpose;
    return before ? { ...leg, purpose: { ...leg.purpose, before: change(before) } } : leg;
  });
  return { ...line, legs };
}

function lawBehind(consent: LineCall["consent"]): RecordingLaw {
  if (consent === "unneeded") return "none";
  return consent === "told" ? "inform" : "ask";
}

/** Nothing is recorded before they have agreed. @param number of somebody who is asked in */
export function needConsent(line: Line, number?: string): Line {
  const fact = { type: "consent", how: "needed", number } as const;
  return tell(changeCall(line, { consent: "needed" }), `consent-needed:${line.call.nextSeq}`, fact);
}

/** What everybody in the call answered whom somebody of us asked. Told twice, it changes nothing the second time. */
export function noteConsent(line: Line, answer: ConsentAnswer, by: UserId): Result<Line, Refusal> {
  const { consent, nextSeq } = line.call;
  if (consent === answer) return ok(line);
  if (consent !== "needed")
    return err({ code: "not-possible", message: "Nobody has to be asked in this call." });
  if (answer === "given" && line.legs.some((leg) => isOnTheirWay(leg) || isMerging(leg)))
    return err({ code: "not-possible", message: "Somebody is still being called: ask once they are here." });
  const fact = { type: "consent", how: answer, by } as const;
  const settled = changeBefore(changeCall(line, { consent: answer }), () => undefined);
  const noted = tell(settled, `consent:${nextSeq}`, fact);
  const after = answer === "given" ? beginWords(changeCall(noted, { recordingWanted: "on" })) : noted;
  return ok(ask(after, "settle"));
}

function isOnTheirWay({ role, agentId, state, wanted }: Leg): boolean {
  const isThird = (role === "party" || role === "transfer") && agentId === null;
  return isThird && wanted && (state === "dialling" || state === "ringing");
}

/** Why a recording may not begin or go on; null where it may. */
export function withheld({ consent }: LineCall): Refusal | null {
  if (consent === "needed")
    return { code: "no-consent", message: "Ask before you record: the law there wants a clear yes." };
  if (consent === "refused")
    return { code: "no-consent", message: "They do not want to be recorded, so this call is not." };
  return null;
}

/**
 * Why it may not go on as somebody in the call wants it to, and what they are to wait for; null where it may. Of whoever
 * is awaited their desk has not been told: there is nobody to be asked yet.
 */
export function whyNotResumed(line: Line): Refusal | null {
  const before = line.legs.find((leg) => isAwaited(line, leg))?.purpose.before;
  if (!before) return withheld(line.call);
  const message =
    before.recordingWanted === "on"
      ? "The recording goes on once whoever is being called has agreed to it, or has not picked up."
      : "The recording goes on once whoever is being called has agreed to it. Resume it then if they do not pick up.";
  return { code: "no-consent", message };
}

/** Whether somebody has to hear that the call is recorded before they come into its room. */
export function mustHear({ call }: Line, { role, purpose }: Leg): boolean {
  return role === "customer" ? call.announce : purpose.announce === true;
}

/** They have heard it. */
export function noteHeard(line: Line, leg: Leg): Line {
  const isCustomer = leg.role === "customer";
  const number = isCustomer ? undefined : numberOf(leg);
  const told = tell(line, `consent-heard:${leg.id}`, { type: "consent", how: "announced", number });
  return isCustomer
    ? changeCall(told, { announce: false })
    : changeLeg(told, leg.id, { purpose: { ...leg.purpose, announce: false } });
}

function numberOf({ purpose: { target } }: Leg): string | undefined {
  return target?.kind === "number" ? target.number : undefined;
}
