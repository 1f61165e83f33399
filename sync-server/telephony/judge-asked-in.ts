import type { CallControl } from "../../shared/calls/server-wire.ts";
import type { Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { noteBlocked } from "./blocked-dial.ts";
import { tryDial } from "./try-dial.ts";

/**
 * Whether a number may be called to take over a call or to join it. Nobody is solicited, so neither hours nor caps hold
 * for it; but who asked not to be called is not called in this way either. Refused, it stands in the audit log.
 *
 * @returns why it may not, for the person; null where it may, and for whatever calls no number
 */
export async function judgeAskedIn(
  tx: Tx,
  identity: Identity,
  callId: string,
  control: CallControl,
  { ip, now }: { ip: string; now: Date },
): Promise<string | null> {
  if (control.do !== "transfer" && control.do !== "add-party") return null;
  if (control.target.kind !== "number") return null;
  const dial = { callId, to: control.target.number, leadId: null };
  const { verdict } = await tryDial(tx, identity, { to: dial.to, how: "into-a-call" }, now);
  if (verdict.kind === "allowed") return null;
  await noteBlocked(tx, identity, dial, verdict, ip);
  return verdict.sentence;
}
