import { z } from "zod";
import { EffortChoice } from "../../../shared/ai/reasoning.ts";
import { AiFeature, ModelRole } from "../../../shared/ai/vocabulary.ts";
import { Letter } from "../../../shared/assistant/letters/approval.ts";
import { Instant } from "../../../shared/entities/fields.ts";
import { LetterRules } from "../../../shared/entities/setting.ts";
import { Plan, typed } from "../wire.ts";

// What the console's pages about models ask and hear: data only, so that a browser may import it.
// Prices are millionths of a US dollar for a million tokens or one picture, costs and budgets billionths of a dollar.

const amount = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const day = z.iso.date();
const someChange = <T extends z.ZodRawShape>(fields: z.ZodObject<T>) =>
  fields.partial().refine((change) => Object.keys(change).length > 0, "name at least one change");

export const AccountKind = z.enum(["openai", "anthropic", "azure", "compatible"]);
export type AccountKind = z.infer<typeof AccountKind>;
/** It is shown, and stands in the audit: a password or a key in it would be told to whoever reads these. */
const isPlainAddress = (url: string) => {
  const address = URL.parse(url);
  return !(address?.username || address?.password || address?.search || address?.hash);
};
const baseUrl = z
  .url({ protocol: /^https?$/u })
  .max(500)
  .refine(
    isPlainAddress,
    "must be without a password, a question mark or a number sign: keys are given apart",
  )
  .transform((url) => url.replace(/\/+$/u, ""));
/** As its provider gave it; nothing that is sent in a header has a space or a line's end in it. */
const apiKey = z.string().trim().min(1).max(1_000).regex(/^[!-~]+$/u, "must be letters, digits and signs without a space"); // prettier-ignore
const accountFields = z.strictObject({
  label: typed(80),
  baseUrl,
  apiVersion: typed(40).nullable(),
});
export const NewAiAccount = accountFields.extend({ kind: AccountKind, apiKey: apiKey.nullable() });
export const ChangeAiAccount = someChange(accountFields);
export const KeepAiKey = z.strictObject({ apiKey: apiKey.nullable() });
export const AiAccount = z.strictObject({
  id: z.string(),
  kind: AccountKind,
  label: z.string(),
  baseUrl: z.string(),
  apiVersion: z.string().nullable(),
  /** `lost`: kept under another secret of the server, to be given anew. */
  key: z.enum(["none", "kept", "lost"]),
  /** `…abcd`, or empty. */
  keyHint: z.string(),
  keyChangedAt: Instant.nullable(),
  models: z.int(),
});
export type AiAccount = z.infer<typeof AiAccount>;
export const AiAccounts = z.strictObject({ accounts: z.array(AiAccount) });
export const TestAiAccount = z.strictObject({ wireName: typed(120) });
export const TestedAiAccount = z.strictObject({ ok: z.boolean(), says: z.string() });

const modelFields = z.strictObject({
  accountId: z.string().max(64),
  label: typed(80),
  wireName: typed(120),
  role: ModelRole,
  /** Empty = all. */
  features: z.array(AiFeature).max(20),
  systemMessage: z.string().trim().max(4_000),
  contextTokens: z.int().min(256).max(20_000_000),
  /** Of an answer, without what is thought before. */
  maxOutputTokens: z.int().min(1).max(1_000_000),
  /** How much it may think before, in tokens, and how much it is told to; null = as its name says. */
  reasoningTokens: z.int().min(0).max(200_000).nullable(),
  reasoningEffort: EffortChoice.nullable(),
  /** The operator's: the least plan that it comes with, and the industries that it is for (empty = all). */
  plan: Plan.nullable(),
  industries: z.array(typed(80)).max(50),
  terms: z.enum(["paid", "free", "trial"]),
  endsAt: Instant.nullable(),
  featured: z.boolean(),
  tags: z.array(typed(40)).max(20),
  position: z.int().min(0).max(10_000),
  enabled: z.boolean(),
});
export const ChangeAiModel = someChange(modelFields);
/** A hundred times what the dearest model costs: more is a slip of the keyboard, and would use up every budget. */
const priceAmount = amount.max(100_000_000_000, "is more than 100,000 dollars for a million tokens");
/** Above the dearest picture by as much. */
const pictureAmount = amount.max(100_000_000, "is more than 100 dollars for a picture");
export const Price = z.strictObject({
  ...{ fromDay: day, input: priceAmount, output: priceAmount },
  /** Of each that it draws. */
  picture: pictureAmount.default(0),
});
/** Of a minute of sound. */
const MinutePrice = z.strictObject({ fromDay: day, minute: priceAmount });
export type MinutePrice = z.infer<typeof MinutePrice>;
const Rates = Price.omit({ fromDay: true });
/** With what it costs from the start, where that is known. */
export const NewAiModel = modelFields.extend({
  reasoningTokens: modelFields.shape.reasoningTokens.default(null),
  reasoningEffort: modelFields.shape.reasoningEffort.default(null),
  price: Rates.nullable().default(null),
});
export const AiModel = modelFields.extend({ id: z.string(), prices: z.array(Price) });
export type AiModel = z.infer<typeof AiModel>;
export const AiModels = z.strictObject({
  models: z.array(AiModel),
  /** The model that the server's settings name, for the operator. */
  environment: z.strictObject({ model: z.string(), price: Rates.nullable() }).nullable(),
  /** The model that listens to calls, where the server's settings name a provider of speech-to-text; for the operator. */
  listening: z.strictObject({ model: z.string(), prices: z.array(MinutePrice) }).nullable(),
});
export const SoundPriceDay = z.strictObject({ fromDay: day });
export const KeepSoundPrice = MinutePrice.omit({ fromDay: true });
export const PriceDay = z.strictObject({ id: z.string(), fromDay: day });
export const KeepPrice = Rates;

/** A model of the operator's, as an organisation is offered it. */
export const OfferedModel = AiModel.pick({ id: true, label: true, role: true, features: true, terms: true, endsAt: true, featured: true, tags: true }).extend({ enabled: z.boolean(), price: Price.nullable() }); // prettier-ignore
export const OfferedModels = z.strictObject({ models: z.array(OfferedModel) });
export const KeepChoice = z.strictObject({ enabled: z.boolean() });
export const OwnModels = z.strictObject({ allowed: z.boolean() });

const limitFields = z.strictObject({
  per: z.enum(["organisation", "each", "person"]),
  /** Of `person`. */
  userId: z.string().max(64).nullable(),
  /** Null = all. */
  feature: AiFeature.nullable(),
  modelId: z.string().max(64).nullable(),
  /** Minutes of sound are counted in milliseconds. */
  measure: z.enum(["requests", "tokens", "money", "minutes"]),
  /** `minute`: how often may be asked, by the clock's minute. */
  period: z.enum(["minute", "day", "week", "month"]),
  most: amount,
  action: z.enum(["stop", "downgrade"]),
  /** The operator's: it holds for organisations of this plan alone; null = for all. */
  plan: Plan.nullable().default(null),
});
export const NewAiLimit = limitFields
  .refine(({ per, userId }) => (per === "person") === (userId !== null), "name a person, or none")
  .refine(
    ({ period, measure, action }) => period !== "minute" || (measure === "requests" && action === "stop"),
    "by the minute requests are counted, and nothing goes on in their place",
  );
export const ChangeAiLimit = someChange(limitFields.pick({ most: true, action: true }));
export const AiLimit = limitFields.extend({
  id: z.string(),
  byOperator: z.boolean(),
  /** Of `userId`; null = nobody, or somebody who is gone. */
  userName: z.string().nullable(),
  /** In this period; of each organisation or person the one who used the most. */
  used: amount,
  held: amount,
  firstDay: day,
});
export type AiLimit = z.infer<typeof AiLimit>;
export const AiLimits = z.strictObject({ limits: z.array(AiLimit) });

/** Without days: the last thirty. */
/** `days` until `toDay`, where no `fromDay` is named; a browser does not know which day it is where an organisation is. */
export const UsageQuery = z.strictObject({
  fromDay: day.optional(),
  toDay: day.optional(),
  days: z.coerce.number().int().min(1).max(366).optional(),
});
/** What somebody used of a model for a feature on a day, in the organisation's calendar. */
export const UsageCell = z.strictObject({
  day,
  feature: z.string(),
  model: z.string(),
  userId: z.string().nullable(),
  source: z.enum(["model", "cache", "rules"]),
  requests: z.int(),
  /** Without an answer. */
  failed: z.int(),
  inputTokens: amount,
  outputTokens: amount,
  /** Sound that was listened to. */
  soundMs: amount,
  cost: amount,
});
export type UsageCell = z.infer<typeof UsageCell>;
export const UsageModel = z.strictObject({
  model: z.string(),
  requests: z.int(),
  answered: z.int(),
  cost: amount,
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
  firstMs: z.number().nullable(),
  good: z.int(),
  bad: z.int(),
});
export type UsageModel = z.infer<typeof UsageModel>;
export const Unusual = z.strictObject({
  day,
  measure: z.enum(["requests", "money"]),
  amount,
  /** What the weeks before were like. */
  usual: amount,
});
export const AiNotices = z.strictObject({
  /** Of the last week. */
  unusual: z.array(Unusual),
  /** Accounts of the organisation's whose key was not taken when it was last asked with, within the last week. */
  refused: z.array(
    z.strictObject({
      ...{ accountId: z.string(), label: z.string(), model: z.string(), lastAt: Instant },
      /** Who answered what it was asked: another model everything, or the rules some of it; null = unknown. */
      instead: z.enum(["model", "rules"]).nullable(),
    }),
  ),
});
export const AiUsage = z.strictObject({
  fromDay: day,
  toDay: day,
  cells: z.array(UsageCell),
  models: z.array(UsageModel),
  outcomes: z.array(z.strictObject({ outcome: z.string(), requests: z.int() })),
  /** Somebody said something impossible about its use. */
  doubted: z.int(),
  unusual: z.array(Unusual),
  people: z.array(z.strictObject({ userId: z.string(), name: z.string() })),
});
export type AiUsage = z.infer<typeof AiUsage>;

/** How a request came out, in the words that a list of them is asked for by. */
export const RequestOutcome = z.enum([
  "answered",
  "cache",
  "rules",
  "failed",
  "limited",
  "under-way",
  "lost",
]);
export const AiRequestsPage = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  feature: AiFeature.optional(),
  userId: z.string().max(64).optional(),
  outcome: RequestOutcome.optional(),
  /** `next` of the page before. */
  before: z
    .string()
    .max(120)
    .refine((text) => /^[^~]+~[^~]+$/u.test(text) && Instant.safeParse(text.split("~")[0]).success)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** A line of the audit: nothing of what was asked or answered. */
export const AiRequestLine = z.strictObject({
  id: z.string(),
  askedAt: Instant,
  /** Null = the server's own work. */
  userId: z.string().nullable(),
  feature: z.string(),
  task: z.string(),
  promptVersion: z.int(),
  source: z.enum(["model", "cache", "rules"]),
  /** Its name in the catalogue, as it was; empty = rules. */
  model: z.string(),
  /** Null = under way: then what it uses is what is held back. */
  outcome: z.string().nullable(),
  /** Of rules: what kept models from answering; null = none is set up. */
  instead: z.string().nullable(),
  /** Names, numbers and e-mail addresses that left as placeholders; null = the task needs them, or no words were asked for. */
  hidden: z.int().nullable(),
  inputTokens: amount,
  outputTokens: amount,
  soundMs: amount,
  pictures: z.int(),
  cost: amount,
  doubted: z.boolean(),
  latencyMs: z.int().nullable(),
  firstMs: z.int().nullable(),
});
export type AiRequestLine = z.infer<typeof AiRequestLine>;
export const AiRequestLines = z.strictObject({
  requests: z.array(AiRequestLine),
  next: z.string().nullable(),
  /** What was asked before this was not looked at; null = everything was. */
  searchedSince: Instant.nullable(),
});
export const AiRequestSheet = AiRequestLine.extend({
  /** As at the beginning. */
  price: z.strictObject({ input: amount, output: amount, minute: amount, picture: amount }),
  ofOperator: z.boolean(),
  /** Together with others, at half the price. */
  inBatch: z.boolean(),
  good: z.int(),
  bad: z.int(),
});
export type AiRequestSheet = z.infer<typeof AiRequestSheet>;

const fewestAuditDays = 62;
/** Null = as long as the server does. */
const retentionFields = z.strictObject({
  requestDays: z
    .int()
    .min(fewestAuditDays, "must be 62 or more: budgets of two months count")
    .max(3_650)
    .nullable(),
  chatDays: z.int().min(1).max(3_650).nullable(),
});
export const ChangeAiRetention = someChange(retentionFields);
export const AiRetention = retentionFields.extend({
  server: z.strictObject({ requestDays: z.int(), chatDays: z.int() }),
});
export type AiRetention = z.infer<typeof AiRetention>;

/** What an organisation used of the operator's models for a feature on a day, by UTC. */
export const SystemUsageCell = UsageCell.omit({ userId: true }).extend({ tenantId: z.string() });
export const SystemUsage = z.strictObject({
  fromDay: day,
  toDay: day,
  cells: z.array(SystemUsageCell),
  organisations: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});
export type SystemUsage = z.infer<typeof SystemUsage>;

/** Which letters need a second person before they leave. */
export const LetterRuleSettings = LetterRules.pick({ secondPerson: true });

export const Approval = z.strictObject({
  id: z.string(),
  /** The subject, or the beginning of a text message. */
  title: z.string(),
  letter: Letter,
  /** The output rules objected to it; false: every letter is held, or was when it was asked for. */
  flagged: z.boolean(),
  /** Whom it is for. */
  leadName: z.string(),
  askedById: z.string(),
  askedBy: z.string(),
  askedAt: Instant,
  state: z.enum(["waiting", "approved", "rejected"]),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string(),
});
export type Approval = z.infer<typeof Approval>;
export const Approvals = z.strictObject({ approvals: z.array(Approval) });
export const Decide = z
  .strictObject({ approve: z.boolean(), reason: z.string().trim().max(1_000) })
  .refine(({ approve, reason }) => approve || reason !== "", "say why not");

/** A figure of `npm run eval -- --json FILE`. */
const share = z.number().min(0).max(1);

/** How the model of who converts does, and whether its world has changed since it was trained. */
export const ConversionWatch = z.strictObject({
  /** Null: nothing was learned yet. */
  model: z
    .strictObject({
      version: z.int(),
      trainedAt: Instant,
      contacts: z.int(),
      converted: z.int(),
      auc: share.nullable(),
      /** How far off probabilities were on average; null = too few to tell. */
      calibration: z.strictObject({ before: share, now: share, contacts: z.int() }).nullable(),
      /** In words for people; empty = nothing has changed. */
      alerts: z.array(z.string()),
      /** PSI by what is known of a person, the highest first. */
      stability: z.array(z.strictObject({ label: z.string(), value: z.number() })),
    })
    .nullable(),
  /** The versions that are kept, the oldest first, by how far off each was when it was trained. */
  versions: z.array(z.strictObject({ version: z.int(), trainedAt: Instant, off: share.nullable() })),
});
export type ConversionWatch = z.infer<typeof ConversionWatch>;

export const EvaluationFigure = z.object({
  id: z.string(),
  feature: z.string(),
  data: z.string(),
  metric: z.string(),
  value: z.number(),
  /** As it is written in the list of what is to be reached, e.g. `>= 0.67`. */
  reach: z.string(),
  /** Of the plainer way that it is measured beside. */
  floor: z.number().nullish(),
  note: z.string().nullish(),
});
export const Evaluation = z.strictObject({
  /** Null: nobody has run it here. */
  madeAt: Instant.nullable(),
  figures: z.array(EvaluationFigure),
});
