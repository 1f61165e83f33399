import type { RecordId } from "../../shared/entities/id.ts";
import { ask, changeHeld, tell, type Fact, type Leg, type Line } from "./line.ts";
import { mustHear, noteHeard } from "./recording-terms.ts";
import { completeTransfer } from "./transfer.ts";

/**
 * Somebody is in the room, so they have heard what they had to hear first; what had to wait for that, such as to be held,
 * recorded or given the call, is done now.
 */
export function hearJoined(line: Line, leg: Leg, now: Date): Line {
  const isFirst = mustHear(line, leg);
  const heard = isFirst ? noteHeard(line, leg) : line;
  if (leg.role === "customer") return ask(heard, "settle");
  // They hear what is said, whatever the carrier was asked before they came.
  if (!isFirst && leg.role === "party" && line.call.holdWanted)
    return ask(changeHeld(line, leg, false), "settle");
  // The report that they picked up may come after this one, and then tells of it.
  if (!isFirst || leg.state !== "live") return heard;
  const there = hearThere(heard, leg, true, now, (to, fact) => tell(to, `${leg.id}:there`, fact));
  return ask(there, "settle");
}

/**
 * Who was asked into a call, be it to take it over or to supervise it, is in it.
 * @param isNews nobody has told of it before
 */
export function hearThere(
  line: Line,
  leg: Leg,
  isNews: boolean,
  now: Date,
  say: (line: Line, fact: Fact) => Line,
): Line {
  const { transferId = "", mode, partyId = leg.id, target, role = "party", merged } = leg.purpose;
  const whence = merged && { fromCall: merged.from as RecordId };
  if (leg.role !== "transfer")
    return target ? say(line, { type: "party-joined", partyId, target, role, ...whence }) : line;
  const told = say(line, { type: "transfer-answered", transferId });
  return isNews && mode === "blind" ? completeTransfer(told, transferId, now) : told;
}
