import type { CountdownHeld } from "../../../../shared/calls/outbound/dialler.ts";
import type { AttemptOutcome, WaitReason } from "../../../../shared/calls/outbound/entry.ts";
import type { CallListState, NobodyNext, OfferedLead } from "../../../../shared/calls/outbound/wire.ts";
import type { TimelineItem } from "../../../../shared/rpc/contract/leads.ts";
import { formatCount } from "../../../ui/format/numbers.ts";
import { agoInWords, clockTime, dayName } from "../../../ui/format/times.ts";

/** What a call list says, in words. `now` is given, so that tests can step it. */

/** "28 due, 12 later"; what is nought is left out. */
export function countWords({ counts: { due, later } }: Pick<CallListState, "counts">): string {
  const parts = [due > 0 && `${formatCount(due)} due`, later > 0 && `${formatCount(later)} later`].filter(
    Boolean,
  );
  return parts.length > 0 ? parts.join(", ") : "nobody left";
}

const outcomeWords: Record<AttemptOutcome, string> = {
  reached: "reached",
  "no-answer": "no answer",
  busy: "busy",
  voicemail: "voicemail",
  failed: "the call failed",
};

/** "Attempt 2 of 4": the one that is about to be made. */
export function attemptWords({
  attempts,
  maxAttempts,
}: Pick<OfferedLead, "attempts" | "maxAttempts">): string {
  return `Attempt ${attempts + 1} of ${maxAttempts}`;
}

/** Why it is this one's turn, and what came of the last time. */
export function turnWords({ because, last }: Pick<OfferedLead, "because" | "last">, now: Date): string {
  const lately = last && `${outcomeWords[last.outcome]} ${agoInWords(new Date(last.at), now)}`;
  const why = turns[because];
  if (lately === null) return why;
  return because === "new" ? `Last time ${lately}` : `${why}; ${lately}`;
}

const turns: Record<WaitReason, string> = {
  new: "Not called yet",
  asked: "A call at this time was asked for",
  retry: "To be tried again",
  hours: "May be called again at this hour",
  cap: "May be called again today",
  skipped: "Was skipped before",
};

/** Why nobody comes, and what comes next. */
export function nobodyWords(nobody: NobodyNext, now: Date): string {
  switch (nobody.why) {
    case "no-list":
      return "This list is not one of yours any more.";
    case "empty":
      return "Everybody here has been called.";
    case "busy":
      return "Whoever is due is with a colleague. The next one comes by itself.";
    case "paused":
      return "The list is paused. It goes on here when somebody resumes it.";
    case "business-hours":
      return nobody.at === null
        ? "You are closed."
        : `You are closed. Next ${timeWords(nobody.at, nobody.zone, now)}.`;
    case "later":
      return `${waits[nobody.because]} Next ${timeWords(nobody.at, nobody.zone, now)}.`;
  }
}

const waits: Record<WaitReason, string> = {
  new: "Nobody is due.",
  asked: "Nobody is due.",
  retry: "Everybody was tried.",
  hours: "Nobody may be called at this hour.",
  cap: "Everybody was called as often as allowed for now.",
  skipped: "Only people whom you skipped are left.",
};

/** "at 15:00 (08:00 in Denver)", "tomorrow at 15:00 …": by this clock, and by theirs where it shows another time. */
export function timeWords(at: string, zone: string, now: Date): string {
  const when = new Date(at);
  const day = dayName(when, now);
  const here = `${day === "Today" ? "" : `${day === "Tomorrow" ? "tomorrow" : `on ${day}`} `}at ${clockTime(when)}`;
  const there = clockIn(zone, when);
  return there === clockTime(when) ? here : `${here} (${there} in ${cityOf(zone)})`;
}

/** "06:42 in Denver", "05:42 to 06:42 there": what clocks show where somebody may be. */
export function localTimeWords(zones: readonly string[], now: Date): string {
  const clocks = [...new Set(zones.map((zone) => clockIn(zone, now)))].toSorted();
  const [first = "", last = first] = [clocks[0], clocks.at(-1)];
  if (clocks.length === 0) return "";
  return clocks.length === 1 ? `${first} in ${cityOf(zones[0] ?? "")}` : `${first} to ${last} there`;
}

function clockIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(at);
}

/** `America/New_York` is New York to people. */
function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** Why a countdown stands; null = it runs, or there is none. */
export const heldWords: Record<CountdownHeld, string> = {
  person: "Not dialled by itself",
  presence: "Waits until you are available",
  call: "Waits until your call is wrapped up",
  phone: "Waits for the phone",
};

/** What was last said or done, in a line or two; null where it is of no help before a call. */
export function lastLine(item: TimelineItem | undefined): string | null {
  switch (item?.kind) {
    case "note":
      return item.text;
    case "call":
      return item.call.summary || item.call.notes || null;
    case "email":
    case "message":
      return item.subject || item.text;
    case "task":
    case "appointment":
      return item.title;
    default:
      return null;
  }
}
