import type { Subject } from "../../../shared/assistant/answer-by-rules.ts";
import { tellableListing } from "../../../shared/assistant/listings/tellable-listing.ts";
import { callOf, isOfListing, type Question } from "../../../shared/assistant/question.ts";
import {
  assembleStory,
  storyPartsAt,
  type Around,
  type ReadParts,
} from "../../../shared/assistant/story-parts.ts";
import { withCall, type LeadStory } from "../../../shared/assistant/story.ts";
import { reportId } from "../../../shared/coaching/report/call-to-report.ts";
import type { Business } from "../../../shared/entities/setting.ts";
import { recordSql } from "../live/read-records.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Replica } from "../replica.ts";

export type StoryPorts = {
  replica: Pick<Replica, "reads" | "me">;
  settings: Pick<TenantSettings, "stages" | "business">;
  clock: { now(): number };
};
export type SubjectPorts = StoryPorts & { settings: Pick<TenantSettings, "fields"> };

/** What a question is about, from this device alone; null = it is not here (any more). */
export async function readSubject(ports: SubjectPorts, question: Question): Promise<Subject | null> {
  const { now, timeZone } = await readAround(ports);
  const nothing = { now, timeZone, story: null, listing: null };
  if (isOfListing(question)) {
    const listing = await ports.replica.reads.get("listings", question.listingId);
    const fields = ports.settings.fields("listings").values();
    return listing && { ...nothing, listing: tellableListing(listing, fields) };
  }
  if (question.leadId === null) return nothing;
  const story = await readStory(ports, question.leadId);
  return story && { ...nothing, story: await tellCall(ports, story, callOf(question)) };
}

async function tellCall(
  { replica }: StoryPorts,
  story: LeadStory,
  callId: string | null,
): Promise<LeadStory> {
  if (callId === null) return story;
  const report = await replica.reads.get("insights", reportId(callId));
  return withCall(story, await replica.reads.get("calls", callId), report?.kind === "report" ? report : null);
}

/** Null = there is no such lead here. */
export async function readStory(ports: StoryPorts, leadId: string): Promise<LeadStory | null> {
  const { reads } = ports.replica;
  const lead = await reads.get("leads", leadId);
  if (lead === null) return null;
  const parts = Object.entries(storyPartsAt(ports.clock.now())).map(
    ([name, { collection, where, order, limit }]) =>
      `(select json_agg(doc) from (select ${recordSql} as doc from ${reads.table(collection)}
        where not deleted and doc->>'leadId' = $1 and ${where} order by ${order} limit ${limit}) part) as "${name}"`,
  );
  const [read] = await reads.sql<ReadParts>(`select ${parts.join(", ")}`, [leadId]);
  if (!read) throw new Error("a statement without from has one row");
  return assembleStory(lead, read, await readAround(ports));
}

async function readAround({ replica, settings, clock }: StoryPorts): Promise<Around> {
  const business = (await replica.reads.get("settings", "business")) as Business | null;
  return {
    now: new Date(clock.now()).toISOString(),
    timeZone: settings.business().timeZone,
    agent: replica.me.name,
    business: business?.name ?? "",
    currency: settings.business().currency,
    colleagues: [],
    offered: [],
    stages: [...settings.stages("leads"), ...settings.stages("deals")],
  };
}
