import type { Lead } from "../../../shared/entities/lead.ts";
import type { whoCalls } from "../../../shared/rpc/contract/phone.ts";
import type { LeadRows } from "../leads/lead-rows.ts";
import { liveQuery } from "../live/live-query.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Reads } from "../replica.ts";
import type { LeadSearch } from "../search/lead-search.ts";

/** Looked at in the order of the search; several people may share a switchboard, hundreds do not matter here. */
const mostLookedAt = 50;
const mostShown = 10;
/** Written with and without a country's prefix, the last digits are the same. */
const tellingDigits = 9;

/** Everybody whose number that is; who was spoken to last comes first. */
export function createWhoCalls(
  reads: Reads,
  search: LeadSearch,
  rows: LeadRows,
): QueryHandler<typeof whoCalls> {
  return liveQuery<typeof whoCalls>(
    { reads },
    {
      dependsOn: ["leads"],
      affects: ({ records }, { number }) =>
        records.some(({ before, after }) =>
          [before, after].some((lead) => lead && hasNumber(lead as Lead, number)),
        ),
      alsoOn: (rerun) => search.onBuilt(rerun),
      async read({ number }) {
        if (digitsOf(number).length < 3) return { leads: [] };
        const ranked = await search.rank(digitsOf(number).slice(-tellingDigits));
        const ids = [...ranked.subarray(0, mostLookedAt)].map(rows.idOf);
        const found = [...(await reads.getAll("leads", ids)).values()];
        return {
          leads: found
            .filter((lead) => hasNumber(lead, number))
            .sort(bestFirst)
            .map(shownOf)
            .slice(0, mostShown),
        };
      },
    },
  );
}

function hasNumber({ phone, phoneSecond }: Lead, number: string): boolean {
  return [phone, phoneSecond].some((own) => isSameNumber(own, number));
}

function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)];
  if (a === b) return a !== "";
  // Both with their country's prefix: there is nothing to guess.
  if (one.startsWith("+") && other.startsWith("+")) return false;
  return (
    a.length >= tellingDigits &&
    b.length >= tellingDigits &&
    a.slice(-tellingDigits) === b.slice(-tellingDigits)
  );
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/gu, "");
}

function bestFirst(a: Lead, b: Lead): number {
  return (b.lastContactAt ?? "").localeCompare(a.lastContactAt ?? "") || a.name.localeCompare(b.name);
}

function shownOf({ id, name, company, stage, lastContactAt }: Lead) {
  return { id, name, company, stage, lastContactAt };
}
