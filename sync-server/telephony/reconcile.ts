import { inTenant } from "../database/index.ts";
import type { Job } from "../jobs/index.ts";
import { untilThrough } from "./attempts.ts";
import { CarrierTrouble } from "./carrier-trouble.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { hearJoined } from "./hear-joined.ts";
import { hearLeg, isEnd, timeOf } from "./hear-leg.ts";
import { isMerging, type Leg, type Line } from "./line.ts";
import { afterAllReports } from "./settle.ts";
import type { LegStatus } from "./notices.ts";
import { mustHear } from "./recording-terms.ts";
import { lockLine, writeLines } from "./store.ts";

const everyMs = 60_000;
/** What was never dialled by then never will be. */
const unaskedGoodMs = 60_000;
/** Longer than anything that is said to somebody before they are put through. */
const saidWithinMs = 60_000;

/**
 * Job: asks the carrier what has become of legs that should be up, because a report that was lost (while the server was
 * away) comes no second time. Runs until all of them have ended.
 */
export async function reconcileCall(
  deps: TelephonyDeps,
  { tenantId, key: callId }: Job,
): Promise<Date | void> {
  const line = await inTenant(deps.db, { tenantId }, (tx) => lockLine(tx, tenantId, callId));
  const open = line?.legs.filter(({ state }) => state !== "ended") ?? [];
  if (!line || open.length === 0) return;
  const found = new Map<string, { status: LegStatus; at: Date }>();
  for (const leg of open) {
    const status = await statusOf(deps, line, leg);
    if (status) found.set(leg.id, status);
  }
  await untilThrough(() =>
    inTenant(deps.db, { tenantId }, async (tx) => {
      const before = await lockLine(tx, tenantId, callId);
      if (before) await writeLines(tx, tenantId, new Map([[callId, before]]), [hearAll(before, found, nowOf(deps))], nowOf(deps)); // prettier-ignore
    }),
  );
  return new Date(nowOf(deps).getTime() + everyMs);
}

async function statusOf(
  deps: TelephonyDeps,
  { call }: Line,
  { sid, dialledAt }: Leg,
): Promise<{ status: LegStatus; at: Date } | null> {
  const now = nowOf(deps);
  if (sid === null)
    return now.getTime() > dialledAt.getTime() + unaskedGoodMs ? { status: "failed", at: now } : null;
  const line = await (await deps.accounts.byId(call.accountId))?.line();
  const read = await line?.readLeg(sid);
  if (!read || (!read.ok && read.error.why === "gone")) return { status: "failed", at: now };
  if (!read.ok) throw new CarrierTrouble(read.error);
  return isEnd(read.value.status) ? read.value : null;
}

function hearAll(line: Line, found: ReadonlyMap<string, { status: LegStatus; at: Date }>, now: Date): Line {
  let next = line;
  for (const [legId, { status, at }] of found) {
    const leg = next.legs.find(({ id }) => id === legId);
    if (!leg) continue;
    const news = { sid: leg.sid ?? "", status, seq: afterAllReports, machine: false };
    next = hearLeg(next, leg, { ...news, at: timeOf(at.toISOString(), now, leg) });
  }
  const told = next.legs.filter((leg) => mustHear(next, leg) && hasHadTime(leg, now));
  return told.reduce((heard, leg) => hearJoined(heard, leg, now), next);
}

/** That they have come into the room may have been told while nobody listened. */
export function hasHadTime(leg: Leg, now: Date): boolean {
  const { doneAt } = leg.purpose.merged ?? {};
  // Whoever comes out of another call hears it on the way, and picked up in that one.
  const since = doneAt === undefined ? leg.answeredAt : new Date(doneAt);
  return leg.state === "live" && !isMerging(leg) && !!since && now.getTime() > since.getTime() + saidWithinMs;
}
