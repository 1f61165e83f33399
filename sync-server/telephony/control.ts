import { assertNever, err, ok, type Result } from "../../shared/result/result.ts";
import type { CallControl } from "../../shared/calls/server-wire.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import type { Identity } from "../http/index.ts";
import {
  addLeg,
  agentLegOf,
  ask,
  changeCall,
  customerLegOf,
  dismiss,
  isMergedAway,
  tell,
  type Line,
} from "./line.ts";
import { noteConsent, pauseRecording, whyNotResumed } from "./recording-terms.ts";
import {
  cancelTransfer,
  completeTransfer,
  hangUp,
  isHandedOver,
  startTransfer,
  type Refusal,
} from "./transfer.ts";
import { dropVoicemail } from "./voicemail.ts";

/**
 * What a line becomes when somebody in it asks for this. Pure but for the ids that it makes: the carrier follows
 * afterwards. Asked twice, it changes nothing the second time.
 */
export function applyControl(
  line: Line,
  control: LineControl,
  { userId }: Pick<Identity, "userId">,
  now: Date,
): Result<Line, Refusal> {
  // Whoever hangs up has what they want: their part of it is about to end.
  if (isMergedAway(line)) return control.do === "hang-up" ? ok(line) : isGoingOver;
  switch (control.do) {
    case "hold":
      return isUp(line) ? ok(ask(changeCall(line, { holdWanted: control.on }), "settle")) : notUp;
    case "transfer":
      return startTransfer(line, { ...control, by: userId }, newRecordId(), now);
    case "complete-transfer":
      return completed(line, control.transferId, now);
    case "cancel-transfer":
      return cancelled(line, control.transferId);
    case "add-party":
      return addThird(line, control, userId, now);
    case "drop-party":
      return ok(dismiss(line, (leg) => leg.role === "party" && leg.purpose.partyId === control.partyId));
    case "record":
      return record(line, control.state);
    case "consent":
      return isUp(line) ? noteConsent(line, control.answer, userId) : notUp;
    case "monitor":
      return monitor(line, control.role, userId, now);
    case "hang-up":
    case "end":
      return ok(hangUp(line, now));
    case "drop-voicemail":
      return dropVoicemail(line, control.greeting, now);
    default:
      return assertNever(control);
  }
}

/** What one line can be asked for. */
export type LineControl = Exclude<CallControl, { do: "merge" }>;

const isGoingOver = err({
  code: "not-possible" as const,
  message: "This call is being merged into the other one.",
});

const notUp = err({ code: "not-possible" as const, message: "The call is not up." });

function isUp(line: Line): boolean {
  return line.call.overAt === null && customerLegOf(line)?.state === "live" && agentLegOf(line) !== undefined;
}

/** Paused and gone on with; nobody begins one, because nobody has been told. */
function record(line: Line, state: "on" | "paused"): Result<Line, Refusal> {
  const why = state === "on" ? whyNotResumed(line) : null;
  if (why) return err(why);
  if (line.call.recordingWanted === "off")
    return err({ code: "not-possible", message: "This call is not recorded." });
  const after = state === "on" ? changeCall(line, { recordingWanted: state }) : pauseRecording(line);
  return isUp(line) ? ok(ask(after, "settle")) : notUp;
}

function cancelled(line: Line, transferId: string): Result<Line, Refusal> {
  if (isHandedOver(line, transferId))
    return err({ code: "not-possible", message: "The call has been handed over already." });
  return ok(ask(cancelTransfer(line, transferId, "agent"), "settle"));
}

function completed(line: Line, transferId: string, now: Date): Result<Line, Refusal> {
  if (isHandedOver(line, transferId)) return ok(line);
  const after = completeTransfer(line, transferId, now);
  if (after === line) return err({ code: "not-possible", message: "Whom you transfer to is not there yet." });
  return ok(ask(after, "settle"));
}

function addThird(
  line: Line,
  { partyId, target }: Extract<CallControl, { do: "add-party" }>,
  userId: string,
  now: Date,
): Result<Line, Refusal> {
  if (line.legs.some(({ purpose }) => purpose.partyId === partyId)) return ok(line);
  if (!isUp(line)) return notUp;
  if (target.kind === "queue")
    return err({ code: "not-possible", message: "A queue cannot be asked in; name a person or a number." });
  if (target.kind === "agent" && target.userId === userId)
    return err({ code: "not-possible", message: "You are in this call already." });
  const agentId = target.kind === "agent" ? target.userId : null;
  const purpose = { partyId, target, role: "party" as const };
  const asked = tell(line, `party:${partyId}:asked`, { type: "party-asked", ...purpose });
  return ok(addLeg(asked, { id: newRecordId(), role: "party", agentId, purpose }, now));
}

/** A supervisor who listens already and now wants to be heard comes in anew in that part. */
function monitor(
  line: Line,
  role: "listen" | "whisper" | "barge",
  userId: string,
  now: Date,
): Result<Line, Refusal> {
  if (!isUp(line)) return notUp;
  if (agentLegOf(line)?.agentId === userId)
    return err({ code: "not-possible", message: "This is your own call." });
  const isOwn = (leg: Line["legs"][number]) => leg.role === "monitor" && leg.agentId === userId;
  if (line.legs.some((leg) => isOwn(leg) && leg.state !== "ended" && leg.wanted && leg.purpose.role === role))
    return ok(line);
  const id = newRecordId() as string;
  const purpose = { partyId: id, role, target: { kind: "agent" as const, userId: userId as never } };
  return ok(addLeg(dismiss(line, isOwn), { id, role: "monitor", agentId: userId, purpose }, now));
}
