import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
const tenantId = () => text("tenant_id").notNull();

/** A tenant's account with a carrier. Its credentials are sealed (../../seal.ts): a copy of the database opens no line. */
export const telephonyAccounts = pgTable(
  "telephony_accounts",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    provider: text("provider", { enum: ["twilio", "simulator", "sip"] }).notNull(),
    label: text("label").notNull().default(""),
    /** What may be shown to an admin, in the provider's own form. */
    config: jsonb("config").notNull(),
    /** Sealed JSON in the provider's own form. */
    credentials: text("credentials").notNull(),
    /** Names the key that sealed them. */
    keyId: text("key_id").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Set = no new calls; those that are up end as they would. */
    disabledAt: instant("disabled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    // Webhooks name the account alone.
    uniqueIndex("telephony_accounts_id").on(table.id),
    uniqueIndex("telephony_accounts_active")
      .on(table.tenantId)
      .where(sql`${table.disabledAt} IS NULL`),
  ],
);

/** Numbers by which a tenant is called. */
export const telephonyNumbers = pgTable(
  "telephony_numbers",
  {
    tenantId: tenantId(),
    /** E.164. */
    number: text("number").notNull(),
    accountId: text("account_id").notNull(),
    label: text("label").notNull().default(""),
    /** The queue that callers wait in; empty = the tenant's only one. */
    queue: text("queue").notNull().default(""),
    /** Somebody's own number: rings them alone. */
    agentId: text("agent_id"),
    /** Takes calls outside of business hours too. */
    alwaysOpen: boolean("always_open").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.number] })],
);

/** Numbers that the tenant must not call, whoever's they are. */
export const doNotCall = pgTable(
  "do_not_call",
  {
    tenantId: tenantId(),
    /** E.164. */
    number: text("number").notNull(),
    reason: text("reason").notNull().default(""),
    /** Who wrote it down. */
    byId: text("by_id").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.number] })],
);

/**
 * A call while the server has anything to do with its line: what is wanted of it beside what the carrier has done
 * (docs/decisions/0020-calls.md). What people see of a call is in `calls`.
 */
export const lineCalls = pgTable(
  "line_calls",
  {
    tenantId: tenantId(),
    callId: text("call_id").notNull(),
    accountId: text("account_id").notNull(),
    direction: text("direction", { enum: ["inbound", "outbound"] }).notNull(),
    /** Our side and the other one, E.164 where known. */
    ours: text("ours").notNull(),
    theirs: text("theirs").notNull(),
    /** The other side has still to hear that the call is recorded; until then it is not. */
    announce: boolean("announce").notNull().default(false),
    /** What its people have to hear (`told`) or say before they are recorded; `needed`: a yes, which nobody has noted yet. */
    consent: text("consent", { enum: ["unneeded", "told", "needed", "given", "refused"] })
      .notNull()
      .default("unneeded"),
    queue: text("queue").notNull().default(""),
    queuedAt: instant("queued_at"),
    /** The only one who may be rung; null = whoever is free. */
    onlyAgentId: text("only_agent_id"),
    /** The caller was sent to leave a message: nobody is looked for any more. */
    voicemailAt: instant("voicemail_at"),
    voicemailTold: boolean("voicemail_told").notNull().default(false),
    /** What is left on the called person's machine, once `voicemailAt` says so: a greeting's key. */
    greeting: text("greeting").notNull().default(""),
    /** Who or what picked up; `awaited` while the carrier listens, `unasked` where it was not to. */
    pickedUpBy: text("picked_up_by", { enum: ["unasked", "awaited", "person", "machine"] })
      .notNull()
      .default("unasked"),
    holdWanted: boolean("hold_wanted").notNull().default(false),
    /** As the carrier has it, here and below; null = asked of it, and its answer was lost. */
    held: boolean("held").default(false),
    recordingWanted: text("recording_wanted", { enum: ["off", "on", "paused"] })
      .notNull()
      .default("off"),
    recording: text("recording", { enum: ["off", "on", "paused"] }).default("off"),
    /** Of the next event that the server tells. */
    nextSeq: integer("next_seq").notNull().default(0),
    /**
     * Who writes down what is said, as the tenant had it when the call began; nobody since it was given away. Where
     * somebody had to agree before anything is kept, nobody does so before that.
     */
    transcribedBy: text("transcribed_by", {
      enum: ["carrier", "speech", "carrier-once-agreed", "speech-once-agreed", "nobody"],
    })
      .notNull()
      .default("carrier"),
    /** How far each track of its transcript was heard for good, by track (../../telephony/transcript). */
    heard: jsonb("heard")
      .$type<Readonly<Record<string, number>>>()
      .notNull()
      .default(sql`'{}'`),
    startedAt: instant("started_at").notNull().defaultNow(),
    overAt: instant("over_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.callId] }),
    index("line_calls_open")
      .on(table.tenantId, table.startedAt)
      .where(sql`${table.overAt} IS NULL`),
    index("line_calls_theirs").on(table.tenantId, table.theirs, table.startedAt),
  ],
);

/** One connection between the carrier and somebody who takes part in a call. */
export const callLegs = pgTable(
  "call_legs",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    accountId: text("account_id").notNull(),
    callId: text("call_id").notNull(),
    /** The carrier's name for it; null until it has told us. */
    sid: text("sid"),
    role: text("role", { enum: ["customer", "agent", "transfer", "party", "monitor"] }).notNull(),
    agentId: text("agent_id"),
    /** The transfer or party that this leg is for, with `{ target, mode, role }`. */
    purpose: jsonb("purpose")
      .notNull()
      .default(sql`'{}'`),
    state: text("state", { enum: ["dialling", "ringing", "live", "ended"] }).notNull(),
    /** The carrier was asked to dial it. */
    askedAt: instant("asked_at"),
    /** Tried for so long. */
    ringMs: integer("ring_ms").notNull().default(30_000),
    /** False: it must be taken down, and is tried again until it is. */
    wanted: boolean("wanted").notNull().default(true),
    /** Whether the call ends when this leg does, as wanted and as the carrier has it. */
    anchorWanted: boolean("anchor_wanted").notNull().default(false),
    anchor: boolean("anchor").notNull().default(false),
    dialledAt: instant("dialled_at").notNull().defaultNow(),
    answeredAt: instant("answered_at"),
    endedAt: instant("ended_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("call_legs_sid").on(table.tenantId, table.accountId, table.sid),
    index("call_legs_call").on(table.tenantId, table.callId),
    index("call_legs_agent").on(table.tenantId, table.agentId, table.endedAt),
    // One desk is never rung for two calls at once, whichever node looks for somebody.
    uniqueIndex("call_legs_one_ring")
      .on(table.tenantId, table.agentId)
      .where(sql`${table.state} IN ('dialling', 'ringing') AND ${table.role} = 'agent'`),
  ],
);

/** Webhooks that were verified and not worked on yet, and for some days those that were. */
export const webhookInbox = pgTable(
  "webhook_inbox",
  {
    tenantId: tenantId(),
    id: bigint("id", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    accountId: text("account_id").notNull(),
    /** What two deliveries of one thing have in common; for Twilio CallSid, SequenceNumber and event. */
    identity: text("identity").notNull(),
    /** What it says, in our words (../../telephony/notices.ts). */
    notice: jsonb("notice").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
    dueAt: instant("due_at").notNull().defaultNow(),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    doneAt: instant("done_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("webhook_inbox_identity").on(table.tenantId, table.accountId, table.identity),
    index("webhook_inbox_due")
      .on(table.dueAt, table.id)
      .where(sql`${table.doneAt} IS NULL`),
    index("webhook_inbox_done").on(table.doneAt),
  ],
);

/** Work that must happen, written in the transaction that causes it (../../jobs). */
export const jobs = pgTable(
  "jobs",
  {
    tenantId: tenantId(),
    kind: text("kind").notNull(),
    /** A second job of the same kind and key is the same job, to be done once more. */
    key: text("key").notNull(),
    payload: jsonb("payload")
      .notNull()
      .default(sql`'{}'`),
    dueAt: instant("due_at").notNull(),
    /** Asked for so many times: work that was asked for again while it ran is not done. */
    asked: integer("asked").notNull().default(1),
    attempts: integer("attempts").notNull().default(0),
    /** A node works on it until then; after that it has died. */
    leasedUntil: instant("leased_until"),
    error: text("error"),
    /** Given up. */
    failedAt: instant("failed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.kind, table.key] }),
    index("jobs_due")
      .on(table.dueAt)
      .where(sql`${table.failedAt} IS NULL`),
  ],
);
