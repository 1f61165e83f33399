import type { z } from "zod";
import { Activity, Appointment, Message, Recommendation, Ticket } from "./activity.ts";
import { Call, Segment } from "./call.ts";
import { Deal } from "./deal.ts";
import { Insight } from "./insight.ts";
import { Lead } from "./lead.ts";
import { Listing } from "./listing.ts";
import { Setting } from "./setting.ts";
import { Task } from "./task.ts";

/**
 * Every synced collection with its schema, in the order in which a first sync wants them: what explains the
 * others (settings), then what an agent works with, then what is only read.
 * RxDB's free edition opens 13 per process: the 14th stalls. A test counts them.
 */
export const schemas = {
  settings: Setting,
  leads: Lead,
  tasks: Task,
  deals: Deal,
  appointments: Appointment,
  calls: Call,
  listings: Listing,
  activities: Activity,
  messages: Message,
  tickets: Ticket,
  recommendations: Recommendation,
  insights: Insight,
  segments: Segment,
} as const;

export type CollectionName = keyof typeof schemas;
export type RecordOf<C extends CollectionName> = z.infer<(typeof schemas)[C]>;
export type AnyRecord = RecordOf<CollectionName>;
export const collectionNames = Object.keys(schemas) as CollectionName[];

/** Fields whose edits merge by line. */
export const longTextFields: ReadonlySet<string> = new Set([
  "notes",
  "description",
  "text",
  "summary",
  "body",
  "reason",
]);
/** Fields whose values are sets: additions and removals of two people both count. */
export const setFields: ReadonlySet<string> = new Set(["tags", "features"]);
