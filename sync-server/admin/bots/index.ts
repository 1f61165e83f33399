import { and, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { z } from "zod";
import { Bot } from "../../../shared/bot/bot.ts";
import { newPublicId } from "../../bot/index.ts";
import { isoText, rowsOf, schema, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addRoute, admins, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { addChatRoutes } from "./chats.ts";
import { BotRow, Bots } from "./wire.ts";

const { bots } = schema;
/** More are a mistake or a program. */
const mostBots = 100;

/** Bots as admins set them up, and the conversations that they have had. */
export function addBotRoutes(routes: Routes): void {
  const path = "/bots";
  addRoute(
    routes,
    { method: "GET", path, summary: "Bots of the organisation", roles: admins, answer: Bots },
    async ({ tx, identity: { tenantId } }) => ({ bots: await readBots(tx, tenantId, null) }),
  );
  addRoute(
    routes,
    { method: "POST", path, summary: "Make a bot", roles: admins, body: Bot, answer: BotRow, status: 201 },
    async ({ tx, identity: { tenantId }, body, now, note }) => {
      await requireTeam(tx, tenantId, body.teamId);
      if ((await readBots(tx, tenantId, null)).length >= mostBots)
        throw new Refused("conflict", `An organisation has at most ${mostBots} bots.`);
      const id = v7();
      const at = new Date(now);
      const own = { tenantId, id, publicId: newPublicId(), createdAt: at, changedAt: at };
      await tx.insert(bots).values({ ...own, config: body });
      await note("bot.create", `bots/${id}`, { after: body });
      return botOf(tx, tenantId, id);
    },
  );
  addRoute(
    routes,
    { method: "PUT", path: `${path}/:id`, summary: "Change a bot; conversations under way go on with it as it is then", roles: admins, params: IdParam, body: Bot, answer: BotRow }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, body, now, note }) => {
      await requireTeam(tx, tenantId, body.teamId);
      const before = (await botOf(tx, tenantId, id)).bot;
      await tx
        .update(bots)
        .set({ config: body, changedAt: new Date(now) })
        .where(and(eq(bots.tenantId, tenantId), eq(bots.id, id)));
      await note("bot.change", `bots/${id}`, { before, after: body });
      return botOf(tx, tenantId, id);
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: `${path}/:id`, summary: "Take a bot away; what was said to it stays", roles: admins, params: IdParam, answer: null }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, note }) => {
      const { bot } = await botOf(tx, tenantId, id);
      await tx
        .update(bots)
        .set({ archived: true })
        .where(and(eq(bots.tenantId, tenantId), eq(bots.id, id)));
      await note("bot.delete", `bots/${id}`, { before: bot });
    },
  );
  addChatRoutes(routes);
}

async function requireTeam(tx: Tx, tenantId: string, teamId: string | null): Promise<void> {
  if (teamId === null) return;
  const known = await rowsOf(tx, sql`SELECT 1 FROM teams WHERE tenant_id = ${tenantId} AND id = ${teamId}`);
  if (known.length === 0) throw new Refused("bad-request", "There is no such team.");
}

async function botOf(tx: Tx, tenantId: string, id: string): Promise<z.input<typeof BotRow>> {
  return found((await readBots(tx, tenantId, id))[0], "bot");
}

async function readBots(tx: Tx, tenantId: string, id: string | null): Promise<z.input<typeof BotRow>[]> {
  const rows = await rowsOf<{ id: string; publicId: string; config: unknown; changedAt: string }>(
    tx,
    sql`SELECT id, public_id AS "publicId", config, ${isoText(sql`changed_at`)} AS "changedAt" FROM bots
        WHERE tenant_id = ${tenantId} AND NOT archived AND (${id}::text IS NULL OR id = ${id})
        ORDER BY created_at, id`,
  );
  return rows.map(({ config, ...row }) => ({ ...row, bot: Bot.parse(config) }));
}
