import { sql } from "drizzle-orm";
import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const tenants = pgTable("tenants", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** `operations`: where operators belong. `demo`: made by this server to try things, never by a customer. */
  kind: text("kind", { enum: ["customer", "operations", "demo"] })
    .notNull()
    .default("customer"),
  /** What they have bought; null = nothing yet. */
  plan: text("plan", { enum: ["receptionist", "sales", "suite", "enterprise"] }),
  createdAt: instant("created_at").notNull().defaultNow(),
  /** Set = its people cannot sign in; nothing is deleted. */
  suspendedAt: instant("suspended_at"),
});

/** One desk of one person. */
export const devices = pgTable(
  "devices",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    userId: text("user_id").notNull(),
    /** SHA-256 of the installation that the desk names: the same person signing in there again is the same device. */
    installationHash: text("installation_hash"),
    /** SHA-256 of the token it got last: tells a revoked device from a stranger, and a wiped one from both. */
    tokenHash: text("token_hash"),
    /** What its owner recognises it by, e.g. `Ana's laptop`. */
    name: text("name").notNull().default(""),
    platform: text("platform").notNull().default(""),
    appVersion: text("app_version").notNull().default(""),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    /** How its person was when it was there last, so that their break is the same one when it comes back. */
    leftPresence: text("left_presence"),
    leftReason: text("left_reason"),
    leftSince: instant("left_since"),
    revokedAt: instant("revoked_at"),
    /** An admin asked for the replica's removal; done when the device has said so. */
    wipeRequestedAt: instant("wipe_requested_at"),
    wipedAt: instant("wiped_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("devices_installation").on(table.tenantId, table.userId, table.installationHash),
    uniqueIndex("devices_token").on(table.tokenHash),
  ],
);

/** Edits that were taken or refused, so that one that comes again gets the same answer ([PUSH-2]). */
export const edits = pgTable(
  "edits",
  {
    tenantId: text("tenant_id").notNull(),
    editId: text("edit_id").notNull(),
    deviceId: text("device_id").notNull(),
    /** `{ outcome, refusal? }` of shared/sync/wire.ts; the record is read anew for each answer. */
    outcome: jsonb("outcome").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.editId] }), index("edits_at").on(table.at)],
);

/** Who is at which desk, kept here so that all nodes agree. A row not seen for a while is somebody who left. */
export const presence = pgTable(
  "presence",
  {
    tenantId: text("tenant_id").notNull(),
    deviceId: text("device_id").notNull(),
    userId: text("user_id").notNull(),
    presence: text("presence").notNull(),
    /** Key of the tenant's break reason; empty = none was given. */
    reason: text("reason").notNull().default(""),
    since: instant("since").notNull().defaultNow(),
    seenAt: instant("seen_at").notNull().defaultNow(),
    nodeId: text("node_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.deviceId] })],
);

/** Everything that was ever said of a call, once each ([CALL-2]); the record in `calls` is what it folds to. */
export const callEvents = pgTable(
  "call_events",
  {
    tenantId: text("tenant_id").notNull(),
    callId: text("call_id").notNull(),
    /** `<source> <key>` of the event: what makes it the same however often it comes. */
    identity: text("identity").notNull(),
    event: jsonb("event").$type<CallEvent>().notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId, table.identity] })],
);

/** Who did what that matters for security; written in the transaction that did it, never changed. */
export const auditLog = pgTable(
  "audit_log",
  {
    tenantId: text("tenant_id").notNull(),
    id: bigint("id", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    at: instant("at").notNull().defaultNow(),
    /** Null = the server itself. */
    actorId: text("actor_id"),
    /** Verb with its noun, e.g. `setting.update`, `device.wipe`. */
    action: text("action").notNull(),
    /** What it was done to, e.g. `settings/field:leads:budget`. */
    subject: text("subject").notNull(),
    details: jsonb("details")
      .notNull()
      .default(sql`'{}'`),
    ip: text("ip"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("audit_log_at").on(table.tenantId, table.at),
  ],
);

/** Facts about this database that belong to no tenant, such as the feed's epoch. */
export const serverFacts = pgTable("server_facts", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
});
