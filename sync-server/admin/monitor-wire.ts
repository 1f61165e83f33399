import { z } from "zod";
import { CallPhase } from "../../shared/calls/call.ts";
import { Instant, line, phone } from "../../shared/entities/fields.ts";
import { RecordId, UserId } from "../../shared/entities/id.ts";

// What the console's monitor shows of calls that come in and go out. Call lists tell of themselves
// (shared/calls/outbound/wire.ts).

export const AgentState = z.enum(["available", "on-call", "busy", "wrap-up", "break", "offline"]);
export type AgentState = z.infer<typeof AgentState>;

export const MonitorAgent = z.strictObject({
  userId: UserId,
  name: line,
  state: AgentState,
  /** Why they are on a break, in the tenant's words; empty = no reason was given. */
  reason: z.string(),
  since: Instant.nullable(),
});
export type MonitorAgent = z.infer<typeof MonitorAgent>;

export const MonitorCall = z.strictObject({
  callId: RecordId,
  direction: z.enum(["inbound", "outbound"]),
  phase: z.enum(CallPhase.options.map((option) => option.shape.phase.value)),
  startedAt: Instant,
  answeredAt: Instant.nullable(),
  /** Null where nobody waits. */
  waitsSince: Instant.nullable(),
  /** Whose call it is, or who is rung; empty = nobody yet. */
  agents: z.array(line),
  /** Of the other side; both empty where the caller is another team's. */
  number: phone,
  leadName: line,
  /** Key of the queue it came through; empty = none. */
  queue: z.string(),
  /** Whether this person may end it. */
  mayEnd: z.boolean(),
  /** They may, but it is a call of the company's own exchange: its desk is asked to. */
  endsAtDesk: z.boolean(),
});
export type MonitorCall = z.infer<typeof MonitorCall>;

export const MonitorQueue = z.strictObject({
  queue: z.string(),
  name: line,
  /** How many wait, and since when whoever waits longest. */
  waiting: z.int(),
  longestSince: Instant.nullable(),
  /** Share of today's calls that were answered within the target; null = none yet. */
  serviceLevel: z.number().min(0).max(1).nullable(),
  targetSeconds: z.int(),
  /** Today's calls that were answered or given up, and those of them that were answered. */
  calls: z.int(),
  answered: z.int(),
  /** Of those who take its calls. */
  agents: z.record(AgentState, z.int()),
});
export type MonitorQueue = z.infer<typeof MonitorQueue>;

export const Monitor = z.strictObject({
  /** The server's clock: lengths are measured by it. */
  now: Instant,
  queues: z.array(MonitorQueue),
  /** Oldest first. Who waits is here too. */
  calls: z.array(MonitorCall),
  agents: z.array(MonitorAgent),
});
export type Monitor = z.infer<typeof Monitor>;
