import { sql } from "drizzle-orm";
import type { Bot, Known } from "../../shared/bot/bot.ts";
import type { Listing } from "../../shared/entities/listing.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { isOpen, readBusiness } from "../telephony/index.ts";

export type Facts = {
  business: string;
  /** Whether people are there to take over. */
  open: boolean;
  knows: readonly Known[];
};

/** The newest that are on offer; a bot of a large catalogue answers by what its admins wrote. */
const mostListings = 200;

/** What a bot may use at this moment: what its admins wrote, and what is on offer. Nothing of any person. */
export async function readFacts(tx: Tx, tenantId: string, bot: Bot, nowMs: number): Promise<Facts> {
  const business = await readBusiness(tx, tenantId);
  const listings = bot.purposes.includes("listings") ? await readOffered(tx, tenantId) : [];
  return {
    business: business?.name ?? "",
    open: bot.people === "always" || business === null || isOpen(business, nowMs),
    knows: [...bot.knows, ...listings],
  };
}

async function readOffered(tx: Tx, tenantId: string): Promise<Known[]> {
  const rows = await rowsOf<{ doc: Listing }>(
    tx,
    sql`SELECT doc FROM listings WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'status' = 'available'
        ORDER BY doc->>'createdAt' DESC LIMIT ${mostListings}`,
  );
  return rows.map(({ doc }) => describe(doc));
}

function describe({
  title,
  address,
  city,
  type,
  price,
  currency,
  bedrooms,
  features,
  description,
}: Listing): Known {
  const parts = [
    [title, address, city].filter((part) => part !== "").join(", "),
    type,
    bedrooms === null ? "" : `${bedrooms} bedrooms`,
    price === null ? "" : `${price.toLocaleString("en")} ${currency}`,
    features.join(", "),
    description.slice(0, 300),
  ];
  const text = parts.filter((part) => part !== "").join(". ");
  return { about: `${title} ${type} ${city}`.slice(0, 200), text: text.slice(0, 2_000) };
}
