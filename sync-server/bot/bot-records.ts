import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { Bot } from "../../shared/bot/bot.ts";
import type { Clock } from "../../shared/result/ports.ts";
import { inSystem, schema, type Database } from "../database/index.ts";

export type KnownBot = {
  tenantId: string;
  id: string;
  publicId: string;
  bot: Bot;
  /** Switched on, and not taken away. One that is not begins and answers nothing; what it began goes on. */
  answers: boolean;
};

/** Another node may have changed a bot: what is remembered of it is good for so long. */
const rememberedMs = 5_000;
const mostRemembered = 1_000;

const { bots } = schema;

/** Enough that nobody finds one by trying. */
export function newPublicId(): string {
  return randomBytes(16).toString("base64url");
}

/** Finds bots by the id that pages outside know: the one question here that no tenant comes with. */
export function openBots(db: Database, clock: Clock): (publicId: string) => Promise<KnownBot | null> {
  const remembered = new Map<string, { until: number; found: Promise<KnownBot | null> }>();
  return (publicId) => {
    const known = remembered.get(publicId);
    if (known && known.until > clock.now()) return known.found;
    const found = readBot(db, publicId);
    // Names of bots that never were must not pile up.
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(publicId, { until: clock.now() + rememberedMs, found });
    found.then((bot) => bot ?? remembered.delete(publicId), () => remembered.delete(publicId)); // prettier-ignore
    return found;
  };
}

async function readBot(db: Database, publicId: string): Promise<KnownBot | null> {
  const [row] = await inSystem(db, (tx) => tx.select().from(bots).where(eq(bots.publicId, publicId)));
  if (!row) return null;
  const bot = Bot.parse(row.config);
  return { tenantId: row.tenantId, id: row.id, publicId, bot, answers: bot.on && !row.archived };
}
