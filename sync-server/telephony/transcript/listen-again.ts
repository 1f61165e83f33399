import { inTenant } from "../../database/index.ts";
import type { Job } from "../../jobs/index.ts";
import { CarrierTrouble } from "../carrier-trouble.ts";
import { mediaUrlOf, nowOf, type TelephonyDeps } from "../deps.ts";
import { ask, changeCall, mayKeepWords, type Leg, type Line } from "../line.ts";
import type { CarrierError } from "../port.ts";
import { lockLine, writeLines } from "../store.ts";

/** By then a call that has ended is known to have; and a server that cannot listen is not asked to all the time. */
const pauseMs = 5_000;

/** The sound of a leg does not reach us any more: its node was stopped, or the network between was. Pure. */
export function hearLost(line: Line, leg: Leg): Line {
  const { transcribedBy, overAt } = line.call;
  const isUp = leg.role === "customer" && leg.state === "live" && overAt === null;
  return isUp && transcribedBy === "speech" && mayKeepWords(line) ? ask(line, "listen", pauseMs) : line;
}

/**
 * Job: has the sound of a call that is up sent to whichever node takes it, again or for the first time, or has the
 * carrier write it down.
 */
export async function listenAgain(deps: TelephonyDeps, { tenantId, key: callId }: Job): Promise<void> {
  const line = await readHeard(deps, tenantId, callId);
  const leg = line?.legs.find(({ role, state }) => role === "customer" && state === "live");
  const connected = line && (await deps.accounts.byId(line.call.accountId));
  if (!connected || !leg?.sid || line.call.overAt !== null) return;
  const { transcribedBy } = line.call;
  if (transcribedBy !== "speech" && transcribedBy !== "carrier") return;
  const url = transcribedBy === "speech" ? mediaUrlOf(deps, connected.account, leg) : null;
  const carrier = await connected.line();
  const asked = await (url === null
    ? carrier.transcribe(leg.sid, leg.id)
    : carrier.listen(leg.sid, leg.id, url));
  if (!asked.ok && asked.error.why === "unreachable") throw new CarrierTrouble(asked.error);
  if (!asked.ok) warn(deps, callId, asked.error, url);
  await readHeard(deps, tenantId, callId);
}

/** Nobody writes the call down from here on. @param url lets whoever has it send us sound, so it is no part of the log */
function warn({ log }: TelephonyDeps, callId: string, { message }: CarrierError, url: string | null): void {
  const why = url === null ? message : message.replaceAll(url, "(its address)");
  log.warn({ callId, why }, "the carrier does not write down, or let us hear, what is said in a call of which that is wanted"); // prettier-ignore
}

/**
 * A call whose words may be kept. Of another the sound is stopped, once more where it has been: the carrier may have
 * begun to send it only after that, asked by this run of the job or by one before it that did not live to see it.
 */
function readHeard(deps: TelephonyDeps, tenantId: string, callId: string): Promise<Line | null> {
  return inTenant(deps.db, { tenantId }, async (tx) => {
    const line = await lockLine(tx, tenantId, callId);
    if (!line || mayKeepWords(line)) return line;
    const stopped = ask(changeCall(line, { transcribedBy: "speech" }), "settle");
    await writeLines(tx, tenantId, new Map([[callId, line]]), [stopped], nowOf(deps));
    return null;
  });
}
