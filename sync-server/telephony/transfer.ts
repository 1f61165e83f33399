import type { CallEventOf, CallTarget } from "../../shared/calls/call-event.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import {
  addLeg,
  agentLegOf,
  ask,
  changeCall,
  changeLeg,
  customerLegOf,
  dismiss,
  tell,
  transferLegOf,
  type Leg,
  type Line,
} from "./line.ts";

// Transfers are decided on the line alone; `settle` then makes the carrier follow, for as long as it takes.

export type TransferWish = {
  transferId: string;
  mode: "blind" | "warm";
  target: CallTarget;
  by: string;
};

/** In words for the person who asked. */
export type Refusal = { code: "not-possible" | "busy" | "no-consent"; message: string };

/**
 * The customer waits while the target is rung. A blind transfer lets go of the agent when the target has picked up and
 * not before: a caller is never between two people.
 */
export function startTransfer(
  line: Line,
  wish: TransferWish,
  legId: string,
  now: Date,
): Result<Line, Refusal> {
  const { transferId, mode, target, by } = wish;
  if (line.legs.some(({ purpose }) => purpose.transferId === transferId)) return ok(line);
  const fault = faultOf(line, wish);
  if (fault) return err(fault);
  const started = tell(line, `transfer:${transferId}:started`, {
    type: "transfer-started",
    transferId,
    mode,
    target,
  });
  if (target.kind === "queue") return ok(giveToQueue(started, transferId, target.queue, by, now));
  const agentId = target.kind === "agent" ? target.userId : null;
  const leg = { id: legId, role: "transfer" as const, agentId, purpose: { transferId, mode, target } };
  return ok(changeCall(addLeg(started, leg, now), { holdWanted: true }));
}

export const hasCallAlready = "You have this call already.";

function faultOf(line: Line, { target, by }: TransferWish): Refusal | null {
  if (line.call.overAt !== null || agentLegOf(line) === undefined)
    return { code: "not-possible", message: "The call is not up any more." };
  if (transferLegOf(line)) return { code: "not-possible", message: "The call is being transferred already." };
  if (target.kind === "agent" && target.userId === by)
    return { code: "not-possible", message: hasCallAlready };
  const { ours, theirs } = line.call;
  if (target.kind === "number" && (target.number === ours || target.number === theirs))
    return { code: "not-possible", message: "That is a number of this very call." };
  return null;
}

function giveToQueue(line: Line, transferId: string, queue: string, by: string, now: Date): Line {
  const told = tell(line, `transfer:${transferId}:completed`, { type: "transfer-completed", transferId });
  const waiting = changeCall(told, { queue, queuedAt: now, onlyAgentId: null, holdWanted: true });
  return ask(releaseAgent(waiting, by), "route");
}

export type WhyBack = CallEventOf<"transfer-cancelled">["why"];

/** Undoes a transfer whoever ended it, once: the customer is heard again. */
export function cancelTransfer(line: Line, transferId: string, why: WhyBack): Line {
  const leg = line.legs.find(({ role, purpose }) => role === "transfer" && purpose.transferId === transferId);
  // Who was told to leave did not decline.
  if (!leg?.wanted) return line;
  const told = tell(line, `transfer:${transferId}:cancelled`, {
    type: "transfer-cancelled",
    transferId,
    why,
  });
  const heard = changeCall(changeLeg(told, leg.id, { wanted: false }), { holdWanted: false });
  return ask(heard, "settle");
}

/** The target has the call from now on, and the agent who gave it away leaves. Changes nothing where it is too early. */
export function completeTransfer(line: Line, transferId: string, now: Date): Line {
  const leg = transferLegOf(line);
  if (leg?.purpose.transferId !== transferId || leg.state !== "live" || leg.purpose.announce) return line;
  const told = tell(line, `transfer:${transferId}:completed`, { type: "transfer-completed", transferId });
  const giver = agentLegOf(line)?.agentId ?? "";
  const isOurs = leg.agentId !== null;
  const taken = changeLeg(told, leg.id, { role: isOurs ? "agent" : "party", anchorWanted: true });
  const heard = changeCall(taken, {
    holdWanted: false,
    // From here on the line is between two others: it is none of ours.
    ...(isOurs ? {} : { overAt: line.call.overAt ?? now, recordingWanted: "off" as const }),
  });
  return dismiss(releaseAgent(heard, giver, leg.id), ({ role }) => !isOurs && role === "monitor");
}

export function isHandedOver({ legs }: Line, transferId: string): boolean {
  return legs.some(({ role, purpose }) => role !== "transfer" && purpose.transferId === transferId);
}

/** The agent's leg goes without taking the call with it. */
function releaseAgent(line: Line, agentId: string, except = ""): Line {
  const isGiver = (leg: Leg) => leg.role === "agent" && leg.agentId === agentId && leg.id !== except;
  const legs = line.legs.map((leg) => (isGiver(leg) ? { ...leg, anchorWanted: false } : leg));
  return dismiss({ ...line, legs }, isGiver);
}

/** Everybody leaves. */
export function hangUp(line: Line, now: Date): Line {
  const customer = customerLegOf(line);
  if (customer) return dismiss(line, () => true);
  if (line.call.overAt !== null) return line;
  const over = tell(changeCall(line, { overAt: now }), "hung-up", { type: "ended", why: "cancelled" });
  return dismiss(over, () => true);
}
