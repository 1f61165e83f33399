import { err, ok, type Result } from "../../shared/result/result.ts";
import type { Tx } from "../database/index.ts";
import { mailboxGreeting, readGreeting, stepsOf } from "./greetings.ts";
import { ask, agentLegOf, changeCall, customerLegOf, dismiss, tell, transferLegOf, type Leg, type Line } from "./line.ts"; // prettier-ignore
import { readPhonePolicy } from "./policy.ts";
import type { Script } from "./port.ts";
import type { Refusal } from "./transfer.ts";
import { dropScript, voicemailScript } from "./scripts.ts";

// Two ways of a message: a caller who reaches nobody leaves one with us, and we leave one on somebody's machine.

/** By then a carrier that listens for the end of a machine's greeting has told, or given up. */
const detectionEndsAfterMs = 32_000;

/** What the customer's leg does once nobody of us talks on it. */
export async function messageScript(
  tx: Tx,
  line: Line,
  leg: Leg,
  sounds: string,
  now: Date,
): Promise<Script> {
  const { tenantId, direction, greeting } = line.call;
  if (direction === "outbound") {
    const left = await readGreeting(tx, tenantId, greeting);
    return dropScript(left ? stepsOf(left, tenantId, sounds) : [], waitForToneMs(line, leg, now));
  }
  const { voicemail } = await readPhonePolicy(tx, tenantId);
  const greets = voicemail ? await mailboxGreeting(tx, tenantId) : null;
  return voicemailScript(leg, voicemail, greets && stepsOf(greets, tenantId, sounds));
}

/** The tone will be told of: until then the machine speaks itself and records nothing. */
function waitForToneMs({ call }: Line, { answeredAt, dialledAt }: Leg, now: Date): number {
  if (call.pickedUpBy !== "awaited") return 0;
  return Math.max(0, (answeredAt ?? dialledAt).getTime() + detectionEndsAfterMs - now.getTime());
}

/** The agent leaves a greeting and goes: the carrier follows, and until it has the call is theirs. */
export function dropVoicemail(line: Line, greeting: string, now: Date): Result<Line, Refusal> {
  const { direction, voicemailAt, greeting: known } = line.call;
  if (voicemailAt !== null && known === greeting) return ok(line);
  if (direction === "inbound") return refused("A message can be left on a call that you made.");
  const isUp = customerLegOf(line)?.state === "live" && agentLegOf(line) !== undefined;
  if (!isUp || line.call.overAt !== null || voicemailAt !== null) return refused("The call is not up.");
  const isAlone = transferLegOf(line) === undefined && !line.legs.some(isThird);
  if (!isAlone) return refused("Others are in this call.");
  return ok(ask(changeCall(line, { voicemailAt: now, greeting }), "settle"));
}

function isThird({ role, state, wanted }: Leg): boolean {
  return role === "party" && state !== "ended" && wanted;
}

function refused(message: string): Result<Line, Refusal> {
  return err({ code: "not-possible", message });
}

/**
 * The carrier plays the message, waits for the tone to play it, or takes one. A call of ours ends with that, for
 * everybody but the machine: what its leg comes to afterwards ends nothing any more.
 */
export function noteMessage(line: Line, waits: boolean, now: Date): Line {
  // The tone came while the carrier was told to wait for it: it is told again.
  const isLate = waits && line.call.pickedUpBy !== "awaited";
  const told = changeCall(line, { voicemailTold: !isLate });
  if (line.call.direction === "inbound" || line.call.overAt !== null) return told;
  const over = tell(changeCall(told, { overAt: now }), "message-left", { type: "ended", why: "voicemail" });
  return dismiss(over, ({ role }) => role !== "customer");
}

/** Its end was told when the message began. */
export function isLeftOnMachine({ call }: Line): boolean {
  return call.direction === "outbound" && call.voicemailAt !== null && call.overAt !== null;
}

/** Undone after the agent was told that it did not work, unless it has come about all the same. */
export function forgetDrop(line: Line): Line {
  const { direction, voicemailAt, voicemailTold } = line.call;
  const isPending = direction === "outbound" && voicemailAt !== null && !voicemailTold;
  // Whoever has hung up meanwhile wants it to be left.
  return isPending && agentLegOf(line) ? changeCall(line, { voicemailAt: null, greeting: "" }) : line;
}

/** What picked up is known. A message that waited for the tone is played now. */
export function hearPickedUp(line: Line, { role }: Leg, by: "person" | "machine"): Line {
  const { pickedUpBy, voicemailAt } = line.call;
  if (role !== "customer" || pickedUpBy === "person" || pickedUpBy === "machine") return line;
  const known = changeCall(line, { pickedUpBy: by });
  const told = by === "machine" ? tell(known, "machine", { type: "machine-detected" }) : known;
  const waits = pickedUpBy === "awaited" && voicemailAt !== null;
  return waits ? ask(changeCall(told, { voicemailTold: false }), "settle") : told;
}
