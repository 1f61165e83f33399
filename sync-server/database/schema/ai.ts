import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

// What the AI gateway keeps (docs/intelligence.md). Rows of the tenant "" are the operator's: every organisation may
// read them (but no key of anybody's), and counts its own use against them.

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
const amount = (name: string) => bigint(name, { mode: "number" });
const tenantId = () => text("tenant_id").notNull();
const emptyList = sql`'{}'`;

/** An account with a provider: where it is and the key that lets us in. */
export const aiAccounts = pgTable(
  "ai_accounts",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** Whose it is; null = the organisation's, or the operator's. */
    userId: text("user_id"),
    kind: text("kind", { enum: ["openai", "anthropic", "azure", "compatible"] }).notNull(),
    label: text("label").notNull(),
    baseUrl: text("base_url").notNull(),
    /** Azure's. */
    apiVersion: text("api_version"),
    /** Sealed (../../seal.ts); requests have no right to read it. Null = the provider wants none. */
    sealedKey: text("sealed_key"),
    /** Names the key that sealed it. */
    keyId: text("key_id"),
    /** The key's last letters, to tell it from another; empty = too short to show any. */
    keyTail: text("key_tail").notNull().default(""),
    createdAt: instant("created_at").notNull().defaultNow(),
    keyChangedAt: instant("key_changed_at"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** A model in the catalogue: the operator's for everybody, an organisation's, or a person's own. */
export const aiModels = pgTable(
  "ai_models",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** Whose it is; null = the organisation's, or the operator's. */
    userId: text("user_id"),
    accountId: text("account_id").notNull(),
    label: text("label").notNull(),
    /** The provider's own name of it. */
    wireName: text("wire_name").notNull(),
    role: text("role", { enum: ["small", "large", "embedding", "picture"] }).notNull(),
    /** Empty = all. */
    features: text("features").array().notNull().default(emptyList),
    systemMessage: text("system_message").notNull().default(""),
    contextTokens: integer("context_tokens").notNull(),
    maxOutputTokens: integer("max_output_tokens").notNull(),
    /** How many it may think with beside its answer; null = as its name says (shared/ai/reasoning.ts). */
    reasoningTokens: integer("reasoning_tokens"),
    /** Null = as its name says. */
    reasoningEffort: text("reasoning_effort", {
      enum: ["unsaid", "none", "minimal", "low", "medium", "high"],
    }),
    /** The least plan that it comes with; null = any, and none. */
    plan: text("plan", { enum: ["receptionist", "sales", "suite", "enterprise"] }),
    /** Industries that it is for; empty = all. */
    industries: text("industries").array().notNull().default(emptyList),
    /** `free` and `trial` are not billed to the organisation. */
    terms: text("terms", { enum: ["paid", "free", "trial"] })
      .notNull()
      .default("paid"),
    /** Not offered from then on. */
    endsAt: instant("ends_at"),
    featured: boolean("featured").notNull().default(false),
    tags: text("tags").array().notNull().default(emptyList),
    /** Among those of its tier, the lowest first. */
    position: integer("position").notNull().default(0),
    enabled: boolean("enabled").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      columns: [table.tenantId, table.accountId],
      foreignColumns: [aiAccounts.tenantId, aiAccounts.id],
    }),
    index("ai_models_account").on(table.tenantId, table.accountId),
  ],
);

/** What an organisation decided about a model of the operator's; without a row it is on. */
export const aiChoices = pgTable(
  "ai_choices",
  {
    tenantId: tenantId(),
    modelId: text("model_id").notNull(),
    enabled: boolean("enabled").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.modelId] })],
);

/**
 * Whether people of an organisation may bring models of their own, to which what customers said then goes. Without a row
 * they may not: whoever answers for those customers' data has to say so first.
 */
export const aiOwnModels = pgTable("ai_own_models", {
  tenantId: tenantId().primaryKey(),
  allowed: boolean("allowed").notNull(),
});

/** Price of a model from a day on, until that of a later day. */
export const aiPrices = pgTable(
  "ai_prices",
  {
    tenantId: tenantId(),
    modelId: text("model_id").notNull(),
    fromDay: date("from_day", { mode: "string" }).notNull(),
    /** Millionths of a US dollar for a million tokens. */
    input: amount("input").notNull(),
    output: amount("output").notNull(),
    /** Millionths of a US dollar for each that it draws. */
    picture: amount("picture").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.modelId, table.fromDay] }),
    foreignKey({
      columns: [table.tenantId, table.modelId],
      foreignColumns: [aiModels.tenantId, aiModels.id],
    }).onDelete("cascade"),
  ],
);

/** What a minute of sound costs with the provider that the server's settings name, from a day on. The operator's alone. */
export const aiMinutePrices = pgTable(
  "ai_minute_prices",
  {
    tenantId: tenantId(),
    /** The provider's own name of it: another model has a price of its own, or none. */
    model: text("model").notNull(),
    fromDay: date("from_day", { mode: "string" }).notNull(),
    /** Millionths of a US dollar. */
    minute: amount("minute").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.model, table.fromDay] })],
);

/** For how long an organisation keeps what its AI leaves behind; without a row, or null, as long as the server does. */
export const aiRetention = pgTable("ai_retention", {
  tenantId: tenantId().primaryKey(),
  /** Lines of requests and what people thought of them. */
  requestDays: integer("request_days"),
  /** Conversations with visitors that belong to no lead, from their last word on. */
  chatDays: integer("chat_days"),
});

/**
 * A quota or a budget. One of the operator's holds for each organisation, and counts the operator's models alone. Models
 * of people's own count where it names them, or the person.
 */
export const aiLimits = pgTable(
  "ai_limits",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** `each`: every person by themselves; `person`: the one that `userId` names. */
    per: text("per", { enum: ["organisation", "each", "person"] }).notNull(),
    userId: text("user_id"),
    /** Null = all, here and below. */
    feature: text("feature"),
    modelId: text("model_id"),
    measure: text("measure", { enum: ["requests", "tokens", "money", "minutes"] }).notNull(),
    /** `minute`: how often may be asked, by the clock's minute (`aiRates`). */
    period: text("period", { enum: ["minute", "day", "week", "month"] }).notNull(),
    /** Of the operator's: it holds for organisations of this plan alone; null = for all. */
    plan: text("plan", { enum: ["receptionist", "sales", "suite", "enterprise"] }),
    /** Requests, tokens, billionths of a US dollar, or milliseconds of sound. */
    most: amount("most").notNull(),
    /** `downgrade`: what a small model can do goes on. */
    action: text("action", { enum: ["stop", "downgrade"] })
      .notNull()
      .default("stop"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** What counts against a limit in one period; `tenantId` is whose use it is, also of the operator's limits. */
export const aiCounters = pgTable(
  "ai_counters",
  {
    tenantId: tenantId(),
    limitId: text("limit_id").notNull(),
    /** A person's id; empty = the whole organisation. */
    subject: text("subject").notNull(),
    /** Of the period, in the organisation's calendar: a changed time zone opens no second budget. */
    firstDay: date("first_day", { mode: "string" }).notNull(),
    /** In the limit's measure, as the limit was when it was last asked. */
    most: amount("most").notNull(),
    used: amount("used").notNull().default(0),
    held: amount("held").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.limitId, table.subject, table.firstDay] }),
    index("ai_counters_first_day").on(table.firstDay),
  ],
);

/**
 * What an attempt holds back of one counter, the most that it may use: amounts in the measure of its limit. `expected`:
 * that much must be left for it to be let through; absent = what it holds back.
 */
export type Hold = {
  limitId: string;
  subject: string;
  firstDay: string;
  measure: "requests" | "tokens" | "money" | "minutes";
  most: number;
  held: number;
  expected?: number;
};

/** How often was asked in the minute that was asked in last, by limit: one row each, whatever the time. */
export const aiRates = pgTable(
  "ai_rates",
  {
    tenantId: tenantId(),
    limitId: text("limit_id").notNull(),
    /** A person's id; empty = the whole organisation. */
    subject: text("subject").notNull(),
    /** When the minute began. */
    minute: instant("minute").notNull(),
    /** As the limit was when it was last asked. */
    most: amount("most").notNull(),
    asked: integer("asked").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.limitId, table.subject] })],
);

/** One line for each attempt, each answer of the cache and each of the rules: audit, bill and dashboard. */
export const aiRequests = pgTable(
  "ai_requests",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    userId: text("user_id"),
    feature: text("feature").notNull(),
    task: text("task").notNull(),
    promptVersion: integer("prompt_version").notNull(),
    source: text("source", { enum: ["model", "cache", "rules"] }).notNull(),
    /** Of the catalogue, and its label as it was; empty = rules. */
    modelId: text("model_id").notNull().default(""),
    model: text("model").notNull().default(""),
    /** Whether the operator offered it, and pays for it: also once it is no longer in the catalogue. */
    ofOperator: boolean("of_operator").notNull().default(false),
    /** Whether it was a model of the asker's own, who pays for it: also once it is no longer there. */
    ofPerson: boolean("of_person").notNull().default(false),
    /** Why the rules answered, where models are set up; null = none is, or one answered. */
    instead: text("instead"),
    /** How many names, numbers and e-mail addresses left as placeholders; null = the task needs them, or no words were asked for. */
    hidden: integer("hidden"),
    /** Null = under way. `lost`: its process died. */
    outcome: text("outcome"),
    /** Until it is settled what was held back, then what was used. */
    inputTokens: integer("input_tokens").notNull().default(0),
    outputTokens: integer("output_tokens").notNull().default(0),
    /** Sound that was listened to. */
    soundMs: integer("sound_ms").notNull().default(0),
    /** Drawn. */
    pictures: integer("pictures").notNull().default(0),
    /** Billionths of a US dollar. */
    cost: amount("cost").notNull().default(0),
    /** As at the beginning, in millionths of a US dollar for a million tokens: a price may change meanwhile. */
    inputPrice: amount("input_price").notNull().default(0),
    outputPrice: amount("output_price").notNull().default(0),
    /** Of a minute of sound, in millionths of a US dollar. */
    minutePrice: amount("minute_price").notNull().default(0),
    /** Of a picture, in millionths of a US dollar. */
    picturePrice: amount("picture_price").notNull().default(0),
    /** The provider said something impossible about its use, and bounds of ours stand here. */
    doubted: boolean("doubted").notNull().default(false),
    latencyMs: integer("latency_ms"),
    /** Until the first word of a stream. */
    firstMs: integer("first_ms"),
    /** What is given back when it is settled; null = nothing, or settled. */
    holds: jsonb("holds").$type<readonly Hold[]>(),
    /** Of a batch, or of sound that goes on: until then it may be settled; null = within minutes. */
    heldUntil: instant("held_until"),
    askedAt: instant("asked_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("ai_requests_asked").on(table.tenantId, table.askedAt),
    index("ai_requests_open")
      .on(table.askedAt)
      .where(sql`${table.outcome} IS NULL`),
  ],
);

/** What people were written about by mail, so that nobody is written twice; the tenant "" is the operator. */
export const aiAlerts = pgTable(
  "ai_alerts",
  {
    tenantId: tenantId(),
    kind: text("kind", { enum: ["unusual-use", "key-refused", "key-passed-over"] }).notNull(),
    /** A day and what was measured, or an account and a day. */
    subject: text("subject").notNull(),
    toldAt: instant("told_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.kind, table.subject] })],
);

/** Questions that are asked together: half the price, an answer within a day. */
export const aiBatches = pgTable(
  "ai_batches",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** Whose work it is, e.g. `coaching.report-words`. */
    work: text("work").notNull(),
    /** `closed`: nothing is added, and nothing was sent. `sending`: nobody knows yet whether it arrived. */
    state: text("state", { enum: ["gathering", "closed", "sending", "sent", "over"] })
      .notNull()
      .default("gathering"),
    modelId: text("model_id").notNull().default(""),
    /** The provider's name for it. */
    name: text("name"),
    createdAt: instant("created_at").notNull(),
    sentAt: instant("sent_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("ai_batches_gathering")
      .on(table.tenantId, table.work)
      .where(sql`${table.state} = 'gathering'`),
  ],
);

/** One question of a batch, by what it is about: neither it nor its answer stands here. */
export const aiBatchItems = pgTable(
  "ai_batch_items",
  {
    tenantId: tenantId(),
    batchId: text("batch_id").notNull(),
    /** What it is about, e.g. a call. */
    key: text("key").notNull(),
    /** What is held back for it; null = not yet. */
    requestId: text("request_id"),
    /** Of what was asked: an answer to something else is none. */
    asked: text("asked"),
    /** `alone`: no batch answered it, and it is asked by itself. `lost`: nobody knows whether it was answered. */
    outcome: text("outcome", { enum: ["answered", "alone", "gone", "lost"] }),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.batchId, table.key] }),
    index("ai_batch_items_request").on(table.tenantId, table.requestId),
    index("ai_batch_items_key").on(table.tenantId, table.key),
    foreignKey({
      columns: [table.tenantId, table.batchId],
      foreignColumns: [aiBatches.tenantId, aiBatches.id],
    }).onDelete("cascade"),
  ],
);

/** What people thought of an answer. */
export const aiRatings = pgTable(
  "ai_ratings",
  {
    tenantId: tenantId(),
    requestId: text("request_id").notNull(),
    userId: text("user_id").notNull(),
    rating: text("rating", { enum: ["good", "bad"] }).notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.requestId, table.userId] }),
    foreignKey({
      columns: [table.tenantId, table.requestId],
      foreignColumns: [aiRequests.tenantId, aiRequests.id],
    }).onDelete("cascade"),
  ],
);

/** What waits for a second person before it leaves. */
export const aiApprovals = pgTable(
  "ai_approvals",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** Whose business it is, e.g. `assistant.letter`. */
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    /** What would be sent, as it is shown to whoever decides. */
    payload: jsonb("payload").notNull(),
    askedById: text("asked_by_id").notNull(),
    askedAt: instant("asked_at").notNull(),
    state: text("state", { enum: ["waiting", "approved", "rejected"] })
      .notNull()
      .default("waiting"),
    decidedById: text("decided_by_id"),
    decidedAt: instant("decided_at"),
    reason: text("reason").notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("ai_approvals_state").on(table.tenantId, table.state, table.askedAt),
  ],
);
