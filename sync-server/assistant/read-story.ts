import { sql, type SQL } from "drizzle-orm";
import {
  assembleStory,
  storyPartsAt,
  type Around,
  type ReadParts,
} from "../../shared/assistant/story-parts.ts";
import { withCall, type LeadStory } from "../../shared/assistant/story.ts";
import { reportId } from "../../shared/coaching/report/call-to-report.ts";
import type { Deal } from "../../shared/entities/deal.ts";
import type { CollectionName, RecordOf } from "../../shared/entities/collections.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import type { Business, Person, Setting, Stage } from "../../shared/entities/setting.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";

/**
 * What one person may know of a lead. Each record is judged by its own audience, besides the tenant's wall.
 * @throws Refused `not-found` for a lead that they may not see
 */
export async function readStory(
  tx: Tx,
  identity: Identity,
  leadId: string,
  nowMs: number,
): Promise<LeadStory> {
  const lead = await readSeen(tx, identity, "leads", leadId);
  const parts = Object.entries(storyPartsAt(nowMs)).map(
    ([name, { collection, where, order, limit }]) => sql`(SELECT json_agg(doc) FROM (
      SELECT doc FROM ${sql.identifier(collection)}
      WHERE ${isSeen(identity)} AND parent_id = ${leadId} AND ${sql.raw(where)}
      ORDER BY ${sql.raw(order)} LIMIT ${limit}) AS part) AS ${sql.identifier(name)}`,
  );
  const [read] = await rowsOf<ReadParts>(tx, sql`SELECT ${sql.join(parts, sql`, `)}`);
  if (!read) throw new Error("a statement without FROM has one row");
  const around = await readAround(tx, identity, nowMs);
  const story = assembleStory(lead, read, { ...around, colleagues: [], offered: [] });
  return {
    ...story,
    colleagues: await readNames(tx, identity.tenantId, peopleOf(story)),
    offered: await readAddresses(tx, identity, story.deals),
  };
}

/**
 * What one person may know of a lead, one call with its report in any case.
 * @throws Refused `not-found` for a lead or a call that they may not see, or that is not here yet: a letter about
 *   another call would be the wrong one, and the desk has its own rules
 */
export async function readStoryOf(
  tx: Tx,
  identity: Identity,
  { leadId, callId }: { leadId: string; callId: RecordId | null },
  nowMs: number,
): Promise<LeadStory> {
  const story = await readStory(tx, identity, leadId, nowMs);
  if (callId === null) return story;
  const call = await findSeen(tx, identity, "calls", callId);
  if (call?.leadId !== leadId) throw new Refused("not-found", "The server does not know this call.");
  const report = await findSeen(tx, identity, "insights", reportId(callId));
  return withCall(story, call, report?.kind === "report" ? report : null);
}

/** @throws Refused `not-found` */
export async function readSeen<C extends CollectionName>(
  tx: Tx,
  identity: Identity,
  collection: C,
  id: string,
): Promise<RecordOf<C>> {
  const doc = await findSeen(tx, identity, collection, id);
  if (doc === null) throw new Refused("not-found", "There is no such record.");
  return doc;
}

async function findSeen<C extends CollectionName>(
  tx: Tx,
  identity: Identity,
  collection: C,
  id: string,
): Promise<RecordOf<C> | null> {
  const [row] = await rowsOf<{ doc: RecordOf<C> }>(
    tx,
    sql`SELECT doc FROM ${sql.identifier(collection)} WHERE ${isSeen(identity)} AND id = ${id}`,
  );
  return row?.doc ?? null;
}

/** Of rows of a synced table: this person may see them. */
export function isSeen(identity: Identity): SQL {
  return sql`tenant_id = ${identity.tenantId} AND NOT deleted
    AND audience && ${sql.param(keysOf(identity))}::text[]`;
}

/** Ids of all of us who had a part in it: people name themselves, and customers name them. */
function peopleOf(story: LeadStory): string[] {
  const { lead, chats, calls, messages, notes, deals, tasks, tickets, appointments, pastAppointments } =
    story;
  const ids = [
    ...chats.flatMap(({ turns }) => turns.map(({ agentId }) => agentId)),
    ...calls.map(({ agentId }) => agentId),
    ...[...messages, ...notes].map(({ byId }) => byId),
    ...[lead, ...deals].map(({ ownerId }) => ownerId),
    ...[...tasks, ...tickets, ...appointments, ...pastAppointments].map(({ assigneeId }) => assigneeId),
  ];
  return [...new Set(ids)].filter((id) => id !== null);
}

async function readNames(tx: Tx, tenantId: string, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const ids = userIds.map((id) => `person:${id}`);
  const rows = await rowsOf<{ name: string }>(
    tx,
    sql`SELECT coalesce(doc->>'name', '') AS name FROM settings
        WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(ids)}::text[]) ORDER BY id`,
  );
  return rows.map(({ name }) => name);
}

async function readAddresses(tx: Tx, identity: Identity, deals: readonly Deal[]): Promise<string[]> {
  const ids = deals.flatMap(({ listingId }) => (listingId === null ? [] : [listingId]));
  return ids.length === 0 ? [] : readPlaces(tx, identity, sql`id = ANY(${sql.param(ids)}::text[])`);
}

/** A catalogue may have many more; whoever asks for one of those has its address hidden, and is answered by the rest. */
const mostPlaces = 1_000;

/** Of the newest listings that this person may see, as one text each. */
export async function readPlaces(tx: Tx, identity: Identity, where: SQL): Promise<string[]> {
  const rows = await rowsOf<{ place: string }>(
    tx,
    sql`SELECT concat_ws(', ', doc->>'address', doc->>'city') AS place FROM listings
        WHERE ${isSeen(identity)} AND doc->>'address' <> '' AND ${where}
        ORDER BY doc->>'createdAt' DESC, id LIMIT ${mostPlaces}`,
  );
  return rows.map(({ place }) => place);
}

/** What explains the records, and who signs. */
export async function readAround(
  tx: Tx,
  identity: Identity,
  nowMs: number,
): Promise<Omit<Around, "colleagues" | "offered">> {
  const rows = await rowsOf<{ doc: Setting }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${identity.tenantId} AND NOT deleted
          AND (doc->>'kind' IN ('stage', 'business') OR id = ${`person:${identity.userId}`})
        ORDER BY (doc->>'order')::float8, id`,
  );
  const settings = rows.map(({ doc }) => doc);
  const business = settings.find((one): one is Business => one.kind === "business");
  const person = settings.find((one): one is Person => one.kind === "person");
  return {
    now: new Date(nowMs).toISOString(),
    timeZone: business?.timeZone ?? "UTC",
    agent: person?.name ?? "",
    business: business?.name ?? "",
    currency: business?.currency ?? "USD",
    stages: settings.filter((one): one is Stage => one.kind === "stage"),
  };
}
