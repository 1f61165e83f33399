import { matchListing, rankMatches, type Match } from "../../../shared/assistant/listings/match-listing.ts";
import { standingOut } from "../../../shared/assistant/listings/standing-out.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { MatchAnswer } from "../../../shared/assistant/server-wire.ts";
import { ok } from "../../../shared/result/result.ts";
import type { compareListings, listingMatches } from "../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { CommandHandler, QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import { createPacer } from "../live/slices.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Reads } from "../replica.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import { whyOf } from "./origin.ts";

type MatchPorts = {
  replica: { reads: Reads };
  ask: Pick<AskAssistant, "matches">;
  settings: Pick<TenantSettings, "ready" | "business" | "onChange">;
};

/** What the server compared last: a listing that is new since then goes by the rules alone. */
type Compared = Pick<MatchAnswer, "nearness" | "by"> & { why: string };

/** Up to a thousand figures each: of the people who were looked at last. */
const mostCompared = 50;

const mostMatches = 5;

/** What is on offer for a person: by the rules of this device, and by the words they used where the server compared them. */
export function createListingMatches({ replica: { reads }, ask, settings }: MatchPorts): {
  listingMatches: QueryHandler<typeof listingMatches>;
  compareListings: CommandHandler<typeof compareListings>;
} {
  const comparedByLead = new Map<string, Compared>();
  const listeners = new Set<() => void>();
  return {
    listingMatches: liveQuery<typeof listingMatches>(
      { reads },
      {
        dependsOn: ["leads", "listings"],
        affects: ({ collection, records }, { leadId }) =>
          collection === "listings" || records.some(({ id }) => id === leadId),
        alsoOn(rerun) {
          listeners.add(rerun);
          const stop = settings.onChange((kinds) => kinds.has("business") && rerun());
          return () => {
            stop();
            listeners.delete(rerun);
          };
        },
        read: async ({ leadId }) => {
          await settings.ready;
          const lead = await reads.get("leads", leadId);
          const { currency } = settings.business();
          return lead ? findMatches(reads, lead, comparedByLead.get(leadId) ?? null, currency) : noMatches;
        },
      },
    ),
    async compareListings({ leadId }) {
      const answer = await ask.matches(leadId);
      const before = comparedByLead.get(leadId) ?? { nearness: {}, by: "rules" };
      comparedByLead.delete(leadId);
      comparedByLead.set(
        leadId,
        answer.ok ? { ...answer.value, why: whyOf(answer.value) } : { ...before, why: answer.error },
      );
      const [oldest] = comparedByLead.keys();
      if (comparedByLead.size > mostCompared && oldest !== undefined) comparedByLead.delete(oldest);
      for (const rerun of listeners) rerun();
      return ok({});
    },
  };
}

const noMatches: OutputOf<typeof listingMatches> = { matches: [], compared: null, why: "" };

async function findMatches(
  reads: Reads,
  lead: Lead,
  compared: Compared | null,
  currency: string,
): Promise<OutputOf<typeof listingMatches>> {
  const offered = await reads.sql<{ doc: Listing }>(
    `select ${recordSql} as doc from ${reads.table("listings")}
     where not deleted and doc->>'status' in ('available', 'reserved') order by doc->>'updatedAt' desc`,
  );
  const pace = createPacer();
  const near = standingOut(compared?.nearness ?? {});
  const listings = new Map<string, Listing>();
  const matches: (Match | null)[] = [];
  for (const { doc } of offered) {
    listings.set(doc.id, doc);
    matches.push(matchListing(lead, doc, near[doc.id] ?? null, currency));
    await pace();
  }
  const best = rankMatches(matches, mostMatches).flatMap((match) => {
    const listing = listings.get(match.listingId);
    return listing ? [{ ...match, listing }] : [];
  });
  const { nearness, by, why } = compared ?? { nearness: {}, by: null, why: "" };
  return { matches: best, compared: Object.keys(nearness).length > 0 ? by : null, why };
}
