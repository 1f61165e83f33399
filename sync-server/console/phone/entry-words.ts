import { dayAndTime, dayName } from "../../../renderer/ui/format/times.ts";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import type {
  AttemptOutcome,
  CallListEntry,
  DoneReason,
  WaitReason,
} from "../../../shared/calls/outbound/entry.ts";
import { assertNever } from "../../../shared/result/result.ts";

const waits: Record<WaitReason, string> = {
  new: "",
  asked: "asked for",
  retry: "next attempt",
  hours: "calling hours",
  cap: "dialled often enough",
  skipped: "skipped",
};
const ends: Record<DoneReason, string> = {
  reached: "Reached",
  attempts: "Attempts used up",
  blocked: "May not be called",
  removed: "Removed",
};
const outcomes: Record<AttemptOutcome, string> = {
  reached: "reached",
  "no-answer": "no answer",
  busy: "busy",
  voicemail: "machine",
  failed: "failed",
};

/** "Due", "Tomorrow 9:00, calling hours", "With Ana Ruiz", "Reached Today 14:02". */
export function sayEntry(state: CallListEntry["now"], now: Date, nameOf: (userId: string) => string): string {
  switch (state.state) {
    case "waiting":
      return sayTurn(state.notBefore, waits[state.because], now);
    case "reserved":
      return `${nameOf(state.by)} reads`;
    case "calling":
      return `${nameOf(state.by)} calls`;
    case "done":
      return `${ends[state.why]} ${dayAndTime(new Date(state.at), now)}`;
    default:
      return assertNever(state);
  }
}

function sayTurn(notBefore: string | null, why: string, now: Date): string {
  if (notBefore === null || new Date(notBefore) <= now) return why === "asked for" ? "Due, asked for" : "Due";
  const when = dayAndTime(new Date(notBefore), now);
  return why === "" ? when : `${when}, ${why}`;
}

/** "3 times, busy Today"; nothing before the first attempt. */
export function sayAttempts({ attempts, last }: Pick<CallListEntry, "attempts" | "last">, now: Date): string {
  if (attempts === 0 || last === null) return "";
  return `${countOf(attempts, "time")}, ${outcomes[last.outcome]} ${dayName(new Date(last.at), now)}`;
}

/** Where the last page begins. */
export function lastOffset(total: number, pageSize: number): number {
  return total === 0 ? 0 : pageSize * (Math.ceil(total / pageSize) - 1);
}
