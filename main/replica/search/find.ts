import type { Deal } from "../../../shared/entities/deal.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { Task } from "../../../shared/entities/task.ts";
import { find } from "../../../shared/rpc/contract/leads.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { LeadRows } from "../leads/lead-rows.ts";
import { liveQuery } from "../live/live-query.ts";
import type { Reads } from "../replica.ts";
import { excerptOf, highlight, highlightDigits } from "./highlight.ts";
import type { LeadSearch } from "./lead-search.ts";
import { createRecordSearch, type RecordSearch } from "./record-search.ts";

type Found = OutputOf<typeof find>;
type Other = Found["others"][number];

/** The palette's search over everything that a person may want to open. */
export function createFind(
  reads: Reads,
  rows: LeadRows,
  search: LeadSearch,
): { find: QueryHandler<typeof find>; build(): Promise<void>; close(): void } {
  const others = [dealSearch(reads), listingSearch(reads), taskSearch(reads)];
  return {
    find: liveQuery<typeof find>(
      { reads },
      {
        dependsOn: ["leads", "deals", "listings", "tasks"],
        alsoOn(rerun) {
          const stops = [search, ...others].map(({ onBuilt }) => onBuilt(rerun));
          return () => stops.forEach((stop) => stop());
        },
        read: (input) => findAll(reads, rows, search, others, input),
      },
    ),
    async build() {
      for (const other of others) await other.build();
    },
    close() {
      for (const other of others) other.close();
    },
  };
}

async function findAll(
  reads: Reads,
  rows: LeadRows,
  search: LeadSearch,
  others: readonly RecordSearch[],
  { text, limit }: ParsedInputOf<typeof find>,
): Promise<Found> {
  if (text.trim() === "") return { leads: [], others: [], leadTotal: 0, tookMs: 0 };
  const startedAt = performance.now();
  const ranked = await search.rank(text);
  const leads = await readFoundLeads(reads, Array.from(ranked.subarray(0, limit), rows.idOf), text);
  const found = (await Promise.all(others.map((other) => other.find(text, limit)))).flat();
  return {
    leads,
    others: found,
    leadTotal: ranked.length,
    tookMs: Math.round(performance.now() - startedAt),
  };
}

async function readFoundLeads(reads: Reads, ids: readonly string[], typed: string): Promise<Found["leads"]> {
  const byId = await reads.getAll("leads", ids);
  return ids.flatMap((id) => {
    const lead = byId.get(id);
    return lead ? [foundLead(lead, typed)] : [];
  });
}

function foundLead(lead: Lead, typed: string): Found["leads"][number] {
  const { id, name, company, stage, score, phone } = lead;
  const matches = {
    name: highlight(name, typed),
    company: highlight(company, typed),
    phone: highlightDigits(phone, typed),
  };
  const seen = matches.name.length + matches.company.length + matches.phone.length > 0;
  const hidden = [lead.email, lead.phoneSecond, lead.notes];
  const excerpt = seen
    ? null
    : (hidden.map((text) => excerptOf(text, typed)).find((line) => line !== null) ?? null);
  return { id, name, company, stage, score, phone, matches, excerpt };
}

function dealSearch(reads: Reads): RecordSearch {
  return createRecordSearch<Deal>(reads, "deals", {
    searchableOf: ({ name, notes }) => ({ name, company: "", contact: "", phones: [], notes }),
    otherOf: ({ id, name, value, currency }): Other => ({
      collection: "deals",
      id,
      title: name,
      note: "",
      value: value === null ? null : { amount: value, currency },
      at: null,
      allDay: false,
    }),
  });
}

function listingSearch(reads: Reads): RecordSearch {
  return createRecordSearch<Listing>(reads, "listings", {
    searchableOf: ({ title, address, city, description }) => ({
      name: title,
      company: `${address} ${city}`,
      contact: "",
      phones: [],
      notes: description,
    }),
    otherOf: (listing): Other => ({
      collection: "listings",
      id: listing.id,
      title: listing.title,
      note: [listing.address, listing.city].filter(Boolean).join(", "),
      value: null,
      at: null,
      allDay: false,
    }),
  });
}

function taskSearch(reads: Reads): RecordSearch {
  return createRecordSearch<Task>(reads, "tasks", {
    searchableOf: ({ title, notes }) => ({ name: title, company: "", contact: "", phones: [], notes }),
    otherOf: (task): Other => ({
      collection: "tasks",
      id: task.id,
      title: task.title,
      note: task.doneAt ? "done" : "",
      value: null,
      at: task.doneAt ?? task.dueAt,
      allDay: task.doneAt === null && task.allDay,
    }),
  });
}
