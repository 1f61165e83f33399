import { sql } from "drizzle-orm";
import { Bot } from "../../shared/bot/bot.ts";
import type { Conversation } from "../../shared/bot/conversation.ts";
import type { Chat } from "../../shared/entities/insight.ts";
import { normalisePhone } from "../../shared/phone/normalise-phone.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { countryOf, findLeadOf, readBusiness } from "../telephony/index.ts";

type Shared = { tenantId: string; chatId: string; botId: string };

/** What a desk knows a conversation by. */
export function chatRecordId(chatId: string): string {
  return `chat:${chatId}`;
}

/**
 * Whether the record of a row of `chats` is deleted: its lead is ([EDIT-10]). Until it is erased or comes back nobody
 * reads it or adds to it.
 */
export const isGone = sql`EXISTS (
  SELECT FROM insights
  WHERE insights.tenant_id = chats.tenant_id AND insights.id = 'chat:' || chats.id AND insights.deleted)`;

/**
 * Gives desks a conversation that a person is wanted for, as a record that syncs like any other. Whom it is with is
 * looked up when it is new or says another address, and is people's to say from then on.
 */
export async function shareChat(
  tx: Tx,
  { tenantId, chatId, botId }: Shared,
  before: Conversation | null,
  now: Conversation,
  at: string,
): Promise<void> {
  if (now.why === null) return;
  const isNew = before === null || before.why === null;
  const given = isNew || now.told.email !== before.told.email || now.told.phone !== before.told.phone;
  const leadId = given ? await leadOf(tx, { tenantId, chatId }, now, isNew) : undefined;
  const { told, turns, why, openedAt, lastAt, agentId, botName, phase } = now;
  const record: Partial<Record<keyof Chat, unknown>> & { id: string } = {
    id: chatRecordId(chatId),
    ...{ kind: "chat", callId: null, agentId, at: openedAt, lastAt, botName, why, turns, told },
    teamId: await teamOf(tx, tenantId, botId),
    phase: phase.name,
    waitingSince: phase.name === "waiting" || phase.name === "person" ? phase.since : lastAt,
    endedBy: phase.name === "ended" ? phase.by : "",
    outcome: phase.name === "ended" ? (phase.outcome ?? "") : "",
    ...(leadId === undefined ? {} : { leadId }),
  };
  await saveRecords(tx, tenantId, "insights", [record], { now: at, onlyLiving: !isNew });
}

/** @returns undefined where people have said it, or there is nothing new to say */
async function leadOf(
  tx: Tx,
  { tenantId, chatId }: { tenantId: string; chatId: string },
  { told }: Conversation,
  isNew: boolean,
): Promise<string | null | undefined> {
  if (!isNew) {
    const [row] = await rowsOf<{ lead: string | null }>(
      tx,
      sql`SELECT doc->>'leadId' AS lead FROM insights WHERE tenant_id = ${tenantId} AND id = ${chatRecordId(chatId)}`,
    );
    if (row?.lead) return undefined;
  }
  return (await leadByPhone(tx, tenantId, told.phone)) ?? (await leadByEmail(tx, tenantId, told.email));
}

async function leadByPhone(tx: Tx, tenantId: string, phone: string): Promise<string | null> {
  if (phone === "") return null;
  const read = normalisePhone(phone, countryOf(await readBusiness(tx, tenantId)));
  return read.ok ? findLeadOf(tx, tenantId, read.e164) : null;
}

/** Of several with one address, none: a conversation must not be anybody's by chance. */
async function leadByEmail(tx: Tx, tenantId: string, email: string): Promise<string | null> {
  if (email === "") return null;
  const [one, another] = await rowsOf<{ id: string }>(
    tx,
    sql`SELECT id FROM leads WHERE tenant_id = ${tenantId} AND NOT deleted AND lower(doc->>'email') = lower(${email}) LIMIT 2`,
  );
  return another === undefined ? (one?.id ?? null) : null;
}

async function teamOf(tx: Tx, tenantId: string, botId: string): Promise<string | null> {
  const [row] = await rowsOf<{ config: unknown }>(
    tx,
    sql`SELECT config FROM bots WHERE tenant_id = ${tenantId} AND id = ${botId}`,
  );
  return row ? Bot.parse(row.config).teamId : null;
}
