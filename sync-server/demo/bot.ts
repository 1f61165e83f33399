import { sql } from "drizzle-orm";
import { Bot } from "../../shared/bot/bot.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import { newPublicId } from "../bot/index.ts";
import { rowsOf, schema, type Tx } from "../database/index.ts";
import { demoTenant } from "./people.ts";

/** What Northgate's bot says. No page may talk to it before an admin has named one; the console's try-out may. */
const nora = Bot.parse({
  name: "Nora",
  opening:
    "Hello, I am Northgate's assistant. Ask me about our offices, or write “person” to talk to one of us.",
  purposes: ["answers", "listings", "qualification", "call-back", "support"],
  knows: [
    {
      about: "How long is a lease?",
      text: "Our leases run from twelve months; a shorter first term can be agreed on.",
    },
    {
      about: "Is there parking?",
      text: "Most of our buildings have a garage. A space is rented together with the office.",
    },
    {
      about: "Can I see an office? Tours and visits",
      text: "Yes. Tours are on weekdays between nine and six and take half an hour.",
    },
    {
      about: "What is included in the rent?",
      text: "Heating, cleaning of shared areas and reception. Electricity and internet are billed apart.",
    },
    {
      about: "Are dogs and other pets allowed?",
      text: "Dogs are welcome where everybody on the floor agrees.",
    },
    {
      about: "Opening hours",
      text: "The reception is open on weekdays from eight to six; tenants come in at any hour.",
    },
  ],
  teamId: "demo-new-business",
  people: "business-hours",
  origins: [],
  mostAnswers: 20,
  mostChatsADay: 500,
  on: true,
});

/** Bots are archived, never removed: without any, nobody here has had one. */
export async function addMissingBot(tx: Tx, now: Instant): Promise<void> {
  const { id: tenantId } = demoTenant;
  const known = await rowsOf(tx, sql`SELECT 1 FROM bots WHERE tenant_id = ${tenantId} LIMIT 1`);
  if (known.length > 0) return;
  const at = new Date(now);
  const own = { tenantId, id: "demo-nora", publicId: newPublicId(), createdAt: at, changedAt: at };
  await tx.insert(schema.bots).values({ ...own, config: nora });
}
