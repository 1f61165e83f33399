import { inTenant } from "../../database/index.ts";
import type { Job } from "../../jobs/index.ts";
import { CarrierTrouble } from "../carrier-trouble.ts";
import { mediaUrlOf, type TelephonyDeps } from "../deps.ts";
import { ask, mayKeepWords, type Leg, type Line } from "../line.ts";
import { lockLine } from "../store.ts";

/** By then a call that has ended is known to have; and a server that cannot listen is not asked to all the time. */
const pauseMs = 5_000;

/** The sound of a leg does not reach us any more: its node was stopped, or the network between was. Pure. */
export function hearLost(line: Line, leg: Leg): Line {
  const { transcribedBy, overAt } = line.call;
  const isUp = leg.role === "customer" && leg.state === "live" && overAt === null;
  return isUp && transcribedBy === "speech" && mayKeepWords(line) ? ask(line, "listen", pauseMs) : line;
}

/** Job: has the sound of a call that is still up sent to whichever node takes it. */
export async function listenAgain(deps: TelephonyDeps, { tenantId, key: callId }: Job): Promise<void> {
  const line = await inTenant(deps.db, { tenantId }, (tx) => lockLine(tx, tenantId, callId));
  const leg = line?.legs.find(({ role, state }) => role === "customer" && state === "live");
  const connected = line && (await deps.accounts.byId(line.call.accountId));
  if (!connected || !leg?.sid || line.call.overAt !== null || !mayKeepWords(line)) return;
  const url = mediaUrlOf(deps, connected.account, leg);
  if (url === null) return;
  const asked = await (await connected.line()).listen(leg.sid, leg.id, url);
  if (!asked.ok && asked.error.why === "unreachable") throw new CarrierTrouble(asked.error);
}
