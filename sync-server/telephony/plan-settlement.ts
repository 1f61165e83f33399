import { agentLegOf, customerLegOf, isMerging, isUndialled, mayKeepWords, type Leg, type Line, type LineCall } from "./line.ts"; // prettier-ignore
import { mustHear, withheld } from "./recording-terms.ts";

export type SettleStep =
  | { do: "hold"; leg: Leg; on: boolean }
  /** `waits`: for the tone of a machine that the carrier listens to. */
  | { do: "voicemail"; leg: Leg; waits: boolean }
  | { do: "dial"; leg: Leg }
  /** It was asked for, and nobody heard the answer. */
  | { do: "find"; leg: Leg }
  | { do: "anchor"; leg: Leg; on: boolean }
  | { do: "record"; leg: Leg; state: LineCall["recordingWanted"] }
  /** Nothing more of it is written down. */
  | { do: "stop-listening"; leg: Leg }
  /** Out of their own call into this one's room. */
  | { do: "move"; leg: Leg }
  /** They are here, or gone, and their own call is over. */
  | { do: "conclude-merge"; leg: Leg }
  /** They stay in their own call. */
  | { do: "part"; leg: Leg }
  | { do: "hang-up"; leg: Leg }
  | { do: "give-up"; leg: Leg };

/**
 * What is left to do until the carrier has a line as it is wanted, in the order that never leaves a caller alone: they
 * are heard again before anything else, everybody who was asked in waits by the time they do, a recording pauses before somebody is rung who must not be in it, whoever takes
 * over holds the call before the one who gave it lets go, nothing of a call that was given away is kept any more by the
 * time the last of us leaves it, whoever comes out of another call finds somebody who talks to them, and no recording that must not go on, nothing is recorded without a yes that is needed, and legs are taken down last. Nothing in it harms when done twice.
 */
export function planSettlement(line: Line): SettleStep[] {
  const { call, legs } = line;
  const customer = customerLegOf(line);
  const open = legs.filter(({ state }) => state !== "ended");
  const isUp = customer?.state === "live" && customer.sid !== null && customer.wanted;
  const steps: SettleStep[] = [];
  if (isUp) steps.push(...planHold(line, customer));
  if (isUp && call.voicemailAt !== null && !call.voicemailTold)
    steps.push({ do: "voicemail", leg: customer, waits: call.pickedUpBy === "awaited" });
  const recording = isUp && needsRecording(line) ? [{ do: "record", leg: customer, state: call.recordingWanted } as const] : []; // prettier-ignore
  const isPause = call.recordingWanted === "paused";
  if (isPause) steps.push(...recording);
  steps.push(...planMerge(line));
  for (const leg of open)
    if (leg.wanted && leg.sid === null && !isDesksToPlace(line, leg))
      steps.push({ do: leg.askedAt === null ? "dial" : "find", leg });
  for (const on of [true, false])
    for (const leg of open) if (needsAnchor(leg, on)) steps.push({ do: "anchor", leg, on });
  if (!isPause) steps.push(...recording);
  if (isUp && !mayKeepWords(line) && call.transcribedBy !== "nobody")
    steps.push({ do: "stop-listening", leg: customer });
  const going = open.filter((leg) => !leg.wanted && !isMerging(leg));
  for (const leg of going) if (leg.sid !== null) steps.push({ do: "hang-up", leg });
  for (const leg of going)
    if (leg.sid === null) steps.push({ do: mayRing(line, leg) ? "find" : "give-up", leg });
  return steps;
}

/** Whoever was not sent yet stays where they are when this call is over, or does not want them any more. */
function planMerge(line: Line): SettleStep[] {
  return line.legs.filter(isMerging).map((leg) => {
    const { room, from } = leg.purpose.merged ?? {};
    const isWanted = leg.wanted && line.call.overAt === null && agentLegOf(line) !== undefined;
    if (leg.state === "ended" || room === line.call.callId) return { do: "conclude-merge", leg };
    if (isWanted) return { do: "move", leg };
    return { do: room === from ? "part" : "conclude-merge", leg };
  });
}

/** On hold the customer goes last and comes back first: what is told of the call is told of them. */
function planHold(line: Line, customer: Leg): SettleStep[] {
  const on = line.call.holdWanted;
  const mayHold = on !== line.call.held && canHold(line);
  const first: SettleStep[] = mayHold ? [{ do: "hold", leg: customer, on }] : [];
  const others = line.legs
    .filter((leg) => isAskedIn(line, leg) && (leg.purpose.held ?? false) !== on)
    .map((leg) => ({ do: "hold" as const, leg, on }));
  return on ? [...others, ...first] : [...first, ...others];
}

/** In the room beside customer and agent, where they hear whatever is said there. */
function isAskedIn(line: Line, leg: Leg): boolean {
  return (
    leg.role === "party" &&
    leg.wanted &&
    leg.state === "live" &&
    leg.sid !== null &&
    !mustHear(line, leg) &&
    !isMerging(leg)
  );
}

/** Where the answer to the dial was lost nobody knows. */
function mayRing(line: Line, leg: Leg): boolean {
  return leg.askedAt !== null && !isDesksToPlace(line, leg);
}

/** A desk that may dial places its own leg; the server dials all others. */
function isDesksToPlace(line: Line, { role }: Leg): boolean {
  return role === "agent" && isUndialled(line);
}

/** Before an agent is in, the caller hears the wait music because the conference has not begun. */
function canHold(line: Line): boolean {
  return (
    line.call.held !== false ||
    line.legs.some(({ role, answeredAt }) => role === "agent" && answeredAt !== null)
  );
}

function needsAnchor({ wanted, state, sid, anchor, anchorWanted, role }: Leg, on: boolean): boolean {
  // A leg that goes must not take the others with it; one that ends with the whole call may.
  if (state !== "live" || sid === null || anchor === anchorWanted || anchorWanted !== on) return false;
  return wanted || role === "agent";
}

function needsRecording(line: Line): boolean {
  const { announce, recording, recordingWanted } = line.call;
  if (recording === recordingWanted) return false;
  if (recordingWanted === "off") return true;
  if (recordingWanted === "on" && withheld(line.call)) return false;
  // Nobody has told them yet.
  if (announce && recording === "off") return false;
  return agentLegOf(line) !== undefined;
}
