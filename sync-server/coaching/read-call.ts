import { sql } from "drizzle-orm";
import type { CallToReport } from "../../shared/coaching/report/call-to-report.ts";
import { fromSegments, utterancesOf } from "../../shared/coaching/transcript/transcript.ts";
import type { Utterance } from "../../shared/coaching/utterance.ts";
import type { ItemTick } from "../../shared/entities/insight.ts";
import type { Call, Segment } from "../../shared/entities/call.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import { homesInFields } from "../../shared/entities/homes-in-fields.ts";
import { peopleInFields } from "../../shared/entities/people-in-fields.ts";
import type {
  Business,
  Disposition,
  Person,
  Playbook,
  Scorecard,
  SettingOf,
} from "../../shared/entities/setting.ts";
import { nobodyKnown, type Known } from "../ai/index.ts";
import { rowsOf, type Tx } from "../database/index.ts";

/** Null where there is nothing to report on: no such call, not over yet, or nothing was heard in it. */
export async function readCall(tx: Tx, tenantId: string, callId: string): Promise<CallToReport | null> {
  const call = await readEnded(tx, tenantId, callId);
  if (call === null) return null;
  const utterances = await readUtterances(tx, tenantId, callId);
  if (utterances.length === 0) return null;
  const settings = await readSettings(tx, tenantId, call.agentId);
  const ofKind = <K extends Kind>(kind: K) =>
    settings.filter((setting): setting is SettingOf<K> & Explains => setting.kind === kind);
  const playbooks = ofKind("playbook");
  return {
    call,
    callList: playbooks.some(isForLists) ? await readCallList(tx, tenantId, callId) : "",
    utterances,
    ticks: await readTicks(tx, tenantId, callId),
    playbooks,
    scorecards: ofKind("scorecard"),
    dispositions: ofKind("disposition"),
    agent: ofKind("person")[0] ?? null,
    customer: call.leadId === null ? "" : await readName(tx, tenantId, call.leadId),
    timeZone: ofKind("business")[0]?.timeZone ?? "UTC",
  };
}

async function readEnded(tx: Tx, tenantId: string, callId: string): Promise<Call | null> {
  const [row] = await rowsOf<{ doc: Call }>(
    tx,
    sql`SELECT doc FROM calls
        WHERE tenant_id = ${tenantId} AND id = ${callId} AND NOT deleted AND doc->>'endedAt' IS NOT NULL`,
  );
  return row?.doc ?? null;
}

/** What was said in a call, oldest first. */
export async function readUtterances(tx: Tx, tenantId: string, callId: string): Promise<Utterance[]> {
  const rows = await rowsOf<{ doc: Segment }>(
    tx,
    sql`SELECT doc FROM segments WHERE tenant_id = ${tenantId} AND doc->>'callId' = ${callId} AND NOT deleted`,
  );
  return utterancesOf(fromSegments(rows.map(({ doc }) => ({ ...doc, timing: doc.timing ?? [] }))));
}

async function readTicks(tx: Tx, tenantId: string, callId: string): Promise<ItemTick[]> {
  const rows = await rowsOf<{ doc: ItemTick }>(
    tx,
    sql`SELECT doc FROM insights WHERE tenant_id = ${tenantId} AND doc->>'callId' = ${callId} AND NOT deleted
          AND doc->>'kind' = 'item-tick' ORDER BY id`,
  );
  return rows.map(({ doc }) => doc);
}

/** What explains a call. */
type Explains = Playbook | Scorecard | Disposition | Person | Business;
type Kind = Explains["kind"];

async function readSettings(tx: Tx, tenantId: string, agentId: string | null): Promise<Explains[]> {
  const rows = await rowsOf<{ doc: Explains }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND NOT deleted
          AND (doc->>'kind' IN ('playbook', 'scorecard', 'disposition', 'business') OR id = ${`person:${agentId ?? ""}`})
        ORDER BY (doc->>'order')::float8, id`,
  );
  return rows.map(({ doc }) => doc);
}

function isForLists({ appliesTo }: Playbook): boolean {
  return appliesTo.callLists.length > 0;
}

async function readCallList(tx: Tx, tenantId: string, callId: string): Promise<string> {
  const [row] = await rowsOf<{ list: string }>(
    tx,
    sql`SELECT list_key AS list FROM call_list_entries
        WHERE tenant_id = ${tenantId} AND ${callId} IN (call_id, last_call_id) LIMIT 1`,
  );
  return row?.list ?? "";
}

/** Of a lead; empty = there is none. */
export async function readName(tx: Tx, tenantId: string, leadId: string): Promise<string> {
  const [row] = await rowsOf<{ name: string }>(
    tx,
    sql`SELECT doc->>'name' AS name FROM leads WHERE tenant_id = ${tenantId} AND id = ${leadId} AND NOT deleted`,
  );
  return row?.name ?? "";
}

/** A call's lead with their company and whom their fields name, and those of us who had it. */
export async function readKnownOf(
  tx: Tx,
  tenantId: string,
  { leadId, agentIds }: { leadId: string | null; agentIds: readonly (string | null)[] },
): Promise<Known> {
  const people = agentIds.map((id) => `person:${id}`);
  const rows = await rowsOf<{ name: string | null; company: string | null; custom: Lead["custom"] | null }>(
    tx,
    sql`SELECT doc->>'name' AS name, doc->>'company' AS company, doc->'custom' AS custom FROM leads
        WHERE tenant_id = ${tenantId} AND id = ${leadId} AND NOT deleted
        UNION ALL SELECT doc->>'name', NULL, NULL FROM settings
        WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(people)}::text[]) AND NOT deleted`,
  );
  return {
    ...nobodyKnown,
    people: rows.flatMap(({ name, custom }) => [name ?? "", ...peopleInFields(custom ?? {})]),
    companies: rows.map(({ company }) => company ?? ""),
    homes: rows.flatMap(({ custom }) => homesInFields(custom ?? {})),
  };
}
