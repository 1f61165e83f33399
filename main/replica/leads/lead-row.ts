import type { Lead } from "../../../shared/entities/lead.ts";
import type { LeadRow } from "../../../shared/rpc/contract/leads.ts";
import type { LeadContext } from "./lead-context.ts";

/** The lines of a list for these ids, in their order; ids that are gone are left out. */
export async function readLeadRows(context: LeadContext, ids: readonly string[]): Promise<LeadRow[]> {
  const byId = await context.seen.read(ids);
  return ids.flatMap((id) => {
    const lead = byId.get(id);
    return lead ? [leadRowOf(context, lead)] : [];
  });
}

function leadRowOf({ replica, nextTasks }: LeadContext, lead: Lead): LeadRow {
  return {
    id: lead.id,
    name: lead.name,
    company: lead.company,
    title: lead.title,
    stage: lead.stage,
    score: lead.score,
    ownerId: lead.ownerId,
    phone: lead.phone,
    email: lead.email,
    city: lead.city,
    source: lead.source,
    tags: lead.tags,
    lastContactAt: lead.lastContactAt,
    createdAt: lead.createdAt,
    updatedAt: lead.updatedAt,
    custom: lead.custom,
    nextTask: nextTasks.of(lead.id),
    waiting: replica.edits.waitingFields("leads", lead.id).length > 0,
    openKept: lead.kept.filter(({ settledAt }) => settledAt === null).length,
  };
}
