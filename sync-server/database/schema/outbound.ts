import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** People in call lists (shared/calls/outbound/entry.ts); which lists there are is said by settings. */
export const callListEntries = pgTable(
  "call_list_entries",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    listKey: text("list_key").notNull(),
    leadId: text("lead_id").notNull(),
    priority: integer("priority").notNull(),
    state: text("state", { enum: ["waiting", "reserved", "calling", "done"] }).notNull(),
    /** Null = at once. */
    notBefore: instant("not_before"),
    because: text("because", { enum: ["new", "asked", "retry", "hours", "cap", "skipped"] }).notNull(),
    /** Whoever has it before them or calls. */
    agentId: text("agent_id"),
    reservedUntil: instant("reserved_until"),
    callId: text("call_id"),
    doneWhy: text("done_why", { enum: ["reached", "attempts", "blocked", "removed"] }),
    attempts: integer("attempts").notNull().default(0),
    lastOutcome: text("last_outcome", { enum: ["reached", "no-answer", "busy", "voicemail", "failed"] }),
    lastAt: instant("last_at"),
    lastCallId: text("last_call_id"),
    addedBy: text("added_by").notNull(),
    addedAt: instant("added_at").notNull(),
    /** Of its state. */
    changedAt: instant("changed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("call_list_entries_lead").on(table.tenantId, table.listKey, table.leadId),
    // Who stands in two lists is still called by one agent at a time, whichever node hands them out.
    uniqueIndex("call_list_entries_one_agent")
      .on(table.tenantId, table.leadId)
      .where(sql`${table.state} IN ('reserved', 'calling')`),
    // In the order in which they are called (../../telephony/outbound/in-turn.ts).
    index("call_list_entries_turn")
      .on(
        table.tenantId,
        table.listKey,
        sql`priority DESC`,
        sql`(because = 'asked') DESC`,
        sql`coalesce(not_before, added_at)`,
        table.addedAt,
        table.id,
      )
      .where(sql`${table.state} = 'waiting'`),
    index("call_list_entries_call")
      .on(table.tenantId, table.callId)
      .where(sql`${table.state} = 'calling'`),
  ],
);
