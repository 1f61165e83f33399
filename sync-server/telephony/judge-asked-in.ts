import type { RecordingLaw } from "../../shared/calls/compliance/dial-verdict.ts";
import { isEmergencyNumber } from "../../shared/calls/compliance/short-numbers.ts";
import type { CallControl } from "../../shared/calls/server-wire.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import type { Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { noteBlocked } from "./blocked-dial.ts";
import { ringsOnly } from "./own-number.ts";
import { hasCallAlready } from "./transfer.ts";
import { tryDial } from "./try-dial.ts";

type Origin = { ip: string; now: Date };
/** The call into which somebody is asked. @param ours our number in it, where the server has the call */
type Asking = { callId: string; ours?: string | undefined };

/**
 * Whether somebody may be called to take over a call or to join it.
 *
 * @returns what the law where they are asks of a recording, null for whatever calls no number; or why they may not be
 *   called, for the person
 */
export async function judgeAskedIn(
  tx: Tx,
  identity: Identity,
  call: Asking,
  control: CallControl,
  origin: Origin,
): Promise<Result<RecordingLaw | null, string>> {
  if (control.do !== "transfer" && control.do !== "add-party") return ok(null);
  if (control.target.kind !== "number") return ok(null);
  const judged = await judgeThird(tx, identity, { ...call, to: control.target.number }, origin);
  return judged.ok ? ok(judged.value.law) : judged;
}

/** @param law null: an emergency call is not kept waiting by an announcement */
type Third = { to: string; law: RecordingLaw | null };

/**
 * The same of a number. Nobody is solicited, so neither hours nor caps hold for it; but who asked not to be called is
 * not called in this way either: that stands in the audit log. Nor is whoever asks, who is in the call.
 *
 * @param atExchange a short number is somebody inside of the company's own exchange
 * @returns what to dial, or why it may not be, for the person
 */
export async function judgeThird(
  tx: Tx,
  identity: Identity,
  { callId, ours, to }: Asking & { to: string },
  { ip, now }: Origin,
  atExchange = false,
): Promise<Result<Third, string>> {
  const { verdict } = await tryDial(tx, identity, { to, how: "into-a-call", ours, atExchange }, now);
  if (verdict.kind === "allowed") {
    if (await ringsOnly(tx, identity.tenantId, identity.userId, verdict.e164)) return err(hasCallAlready);
    return ok({ to: verdict.e164, law: isEmergencyNumber(to) ? null : verdict.announce.kind });
  }
  await noteBlocked(tx, identity, { callId, to, leadId: null }, verdict, ip);
  return err(verdict.sentence);
}
