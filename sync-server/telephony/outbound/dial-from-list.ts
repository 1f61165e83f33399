import { sql } from "drizzle-orm";
import type { DialFacts } from "../../../shared/calls/compliance/dial-facts.ts";
import type { DialVerdict } from "../../../shared/calls/compliance/dial-verdict.ts";
import { nextEntry, type EntryEvent } from "../../../shared/calls/outbound/next-entry.ts";
import type { ListClosed } from "../../../shared/calls/outbound/wire.ts";
import type { DialBlocked } from "../../../shared/calls/server-wire.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import type { Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import { addJob } from "../../jobs/index.ts";
import type { OpeningHours } from "../business-hours.ts";
import { asCampaign, eventOfBlock } from "./judge-entry.ts";
import { followAfterMs } from "./follow-call.ts";
import { readLists, whyClosed } from "./lists.ts";
import { lockEntries, writeEntry } from "./rows.ts";

/** Somebody whom this agent holds and now dials. */
export type ListDial = {
  /** What the rules are asked, as the list's own dial. */
  asCampaign(facts: DialFacts): DialFacts;
  /** The list hands nobody out any more: what the agent hears instead of a ring. */
  closed: { message: string; details: DialBlocked } | null;
  /** In the transaction that permits the call; the entry follows the call to its end. */
  dialled(callId: RecordId): Promise<void>;
  blocked(verdict: Extract<DialVerdict, { kind: "blocked" }>): Promise<void>;
};

/** The list's side of a dial; null: this agent holds nobody of this name, and dials by hand. */
export async function findListDial(
  tx: Tx,
  { tenantId, userId }: Identity,
  leadId: string | null,
  business: OpeningHours | null,
  now: Date,
): Promise<ListDial | null> {
  if (leadId === null) return null;
  const which = sql`lead_id = ${leadId} AND state = 'reserved' AND agent_id = ${userId}`;
  const [entry] = await lockEntries(tx, tenantId, which);
  const list = entry && (await readLists(tx, tenantId)).find(({ key }) => key === entry.list);
  if (!entry || !list) return null;
  const move = (event: EntryEvent) =>
    writeEntry(tx, tenantId, entry, nextEntry(entry, event, list, now.toISOString()), now);
  const closed = whyClosed(list, business, now.getTime());
  // Before anything is judged: nobody is held for a list that does not call.
  if (closed) await move(eventOfClosed(closed));
  return {
    asCampaign: (facts) => asCampaign(facts, entry, list),
    closed: closed && sayClosed(list, closed),
    async dialled(callId) {
      await move({ type: "dialled", by: userId, callId });
      const dueAt = new Date(now.getTime() + followAfterMs);
      await addJob(tx, { tenantId, kind: "call.list", key: callId, dueAt });
    },
    blocked: (verdict) => move(eventOfBlock(verdict)),
  };
}

function eventOfClosed({ until }: ListClosed): EntryEvent {
  return until === null ? { type: "released" } : { type: "put-off", until, because: "hours" };
}

function sayClosed({ label }: CallList, { why, until }: ListClosed): NonNullable<ListDial["closed"]> {
  return why === "paused"
    ? { message: `“${label}” was paused.`, details: { reason: "suspended", until: null } }
    : {
        message: `“${label}” is called in business hours alone.`,
        details: { reason: "business-hours", until },
      };
}
