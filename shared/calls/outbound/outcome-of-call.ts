import type { EndReason } from "../call-event.ts";
import type { CallState } from "../call.ts";
import type { DialOutcome } from "./next-entry.ts";

/**
 * What a call to somebody in a list came to; null while its line is open.
 * @param wasDialled whether the called telephone was asked to ring
 */
export function outcomeOfCall(
  { phase, answeredAt, machine }: CallState,
  wasDialled: boolean,
): DialOutcome | null {
  if (phase.phase !== "ended" && phase.phase !== "wrap-up") return null;
  if (phase.why === "voicemail" || machine) return "voicemail";
  if (answeredAt !== null) return "reached";
  return wasDialled ? outcomes[phase.why] : "not-dialled";
}

/** Of calls that nobody picked up. */
const outcomes: Readonly<Record<EndReason, DialOutcome>> = {
  completed: "no-answer",
  "no-answer": "no-answer",
  busy: "busy",
  // Somebody pressed the red button: they are there, and not free.
  declined: "busy",
  voicemail: "voicemail",
  failed: "failed",
  // Our agent hung up while it rang.
  cancelled: "no-answer",
  abandoned: "no-answer",
  dropped: "failed",
  transferred: "no-answer",
};
