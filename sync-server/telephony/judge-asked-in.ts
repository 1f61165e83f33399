import type { CallControl } from "../../shared/calls/server-wire.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import type { Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { noteBlocked } from "./blocked-dial.ts";
import { tryDial } from "./try-dial.ts";

type Origin = { ip: string; now: Date };

/**
 * Whether somebody may be called to take over a call or to join it.
 *
 * @returns why they may not, for the person; null where they may, and for whatever calls no number
 */
export async function judgeAskedIn(
  tx: Tx,
  identity: Identity,
  callId: string,
  control: CallControl,
  origin: Origin,
): Promise<string | null> {
  if (control.do !== "transfer" && control.do !== "add-party") return null;
  if (control.target.kind !== "number") return null;
  const judged = await judgeThird(tx, identity, { callId, to: control.target.number }, origin);
  return judged.ok ? null : judged.error;
}

/**
 * The same of a number. Nobody is solicited, so neither hours nor caps hold for it; but who asked not to be called is
 * not called in this way either. Refused, it stands in the audit log.
 *
 * @param atExchange a short number is somebody inside of the company's own exchange
 * @returns what to dial, or why it may not be, for the person
 */
export async function judgeThird(
  tx: Tx,
  identity: Identity,
  { callId, to }: { callId: string; to: string },
  { ip, now }: Origin,
  atExchange = false,
): Promise<Result<string, string>> {
  const { verdict } = await tryDial(tx, identity, { to, how: "into-a-call" }, now);
  if (verdict.kind === "allowed") return ok(verdict.e164);
  if (atExchange && verdict.code === "short-number") return ok(to.replaceAll(/\D/gu, ""));
  await noteBlocked(tx, identity, { callId, to, leadId: null }, verdict, ip);
  return err(verdict.sentence);
}
