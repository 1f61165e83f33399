import { z } from "zod";
import { WindowRule } from "../calls/compliance/dial-rules.ts";
import { CustomValue, line, userRef } from "./fields.ts";
import { TeamId, UserId } from "./id.ts";
import { playbookFields, scorecardFields } from "./playbook.ts";
import { ConversionModel } from "../scoring/conversion/model.ts";
import { recordBase } from "./record.ts";

/** What a tenant has configured, and what its people keep for themselves. One record a thing, told apart by `kind`. */
const base = { ...recordBase, order: z.number() };
const settingKey = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/u);

export const Role = z.enum(["operator", "admin", "manager", "agent"]);
export type Role = z.infer<typeof Role>;

/** Somebody of the tenant, as everybody may see them. `id` is `person:<userId>`. Written by the server alone. */
export const Person = z.strictObject({
  ...base,
  kind: z.literal("person"),
  userId: UserId,
  name: line,
  email: z.string().max(320),
  role: Role,
  teamIds: z.array(TeamId),
  active: z.boolean(),
});
export type Person = z.infer<typeof Person>;

/** `id` is `team:<teamId>`. Written by the server alone. */
export const Team = z.strictObject({ ...base, kind: z.literal("team"), teamId: TeamId, name: line });
export type Team = z.infer<typeof Team>;

export const FieldType = z.enum([
  "text",
  "number",
  "money",
  "date",
  "select",
  "multi-select",
  "boolean",
  "phone",
  "email",
  "url",
]);
export type FieldType = z.infer<typeof FieldType>;

/** A custom field; `id` is `field:<collection>:<key>`. */
export const CustomField = z.strictObject({
  ...base,
  kind: z.literal("field"),
  collection: z.enum(["leads", "deals", "listings"]),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/u),
  label: line.min(1),
  type: FieldType,
  required: z.boolean(),
  default: CustomValue,
  options: z.array(line.min(1)).max(500),
  archived: z.boolean(),
});
export type CustomField = z.infer<typeof CustomField>;

/** A step of a pipeline; `id` is `stage:<pipeline>:<key>`. */
export const Stage = z.strictObject({
  ...base,
  kind: z.literal("stage"),
  pipeline: z.enum(["leads", "deals"]),
  key: settingKey,
  label: line.min(1),
  outcome: z.enum(["open", "won", "lost"]),
  archived: z.boolean(),
});
export type Stage = z.infer<typeof Stage>;

/** How a call ended, in the tenant's words; `id` is `disposition:<key>`. */
export const Disposition = z.strictObject({
  ...base,
  kind: z.literal("disposition"),
  key: settingKey,
  label: line.min(1),
  followUp: z.boolean(),
  /** They asked not to be called again: whoever chooses it marks the lead. */
  doNotCall: z.boolean().optional(),
  archived: z.boolean(),
});
export type Disposition = z.infer<typeof Disposition>;

/** Who belongs to it: shared/calls/members.ts. */
const members = { userIds: z.array(UserId).max(1_000), teamIds: z.array(TeamId).max(100) };

/** Callers who wait together; `id` is `queue:<key>`. */
export const Queue = z.strictObject({
  ...base,
  kind: z.literal("queue"),
  key: settingKey,
  label: line.min(1),
  ...members,
  /** One desk rings for so long before the next one does. */
  ringSeconds: z.int().min(5).max(300),
  /** A call that is answered within so long counts for the service level. */
  targetSeconds: z.int().min(1).max(3_600),
  /** After so long in this queue nobody is looked for any more. */
  overflowSeconds: z.int().min(0).max(3_600),
  /** The key of the queue that goes on looking; empty = voicemail. */
  overflowQueue: z.union([z.literal(""), settingKey]),
  /** Said to a caller before the music; empty = nothing. */
  announcement: z.string().max(500),
  archived: z.boolean(),
});
export type Queue = z.infer<typeof Queue>;

/** Why somebody takes no calls for a while; `id` is `break-reason:<key>`. */
export const BreakReason = z.strictObject({
  ...base,
  kind: z.literal("break-reason"),
  key: settingKey,
  label: line.min(1).max(60),
  archived: z.boolean(),
});
export type BreakReason = z.infer<typeof BreakReason>;

const retryMinutes = z.int().min(1).max(43_200).nullable();

/** People to be called one after the other; `id` is `call-list:<key>`. */
export const CallList = z.strictObject({
  ...base,
  kind: z.literal("call-list"),
  key: settingKey,
  label: line.min(1),
  ...members,
  /** `preview`: its agent reads and dials; `power`: it is dialled by itself once there was time to read. */
  mode: z.enum(["preview", "power"]),
  /** The time to read before `power` dials. */
  previewSeconds: z.int().min(0).max(120),
  /** Whoever works several lists is given the higher number first. */
  priority: z.int().min(0).max(9),
  maxAttempts: z.int().min(1).max(20),
  /** How long to wait after an attempt that reached nobody; null = it was the last one. */
  retryMinutes: z.strictObject({
    "no-answer": retryMinutes,
    busy: retryMinutes,
    voicemail: retryMinutes,
    failed: retryMinutes,
  }),
  /** Only while the tenant is open, besides what the law says. */
  businessHoursOnly: z.boolean(),
  paused: z.boolean(),
  archived: z.boolean(),
});
export type CallList = z.infer<typeof CallList>;

/** Words that a machine hears, or says for us; `id` is `greeting:<key>`. */
export const Greeting = z.strictObject({
  ...base,
  kind: z.literal("greeting"),
  key: settingKey,
  label: line.min(1),
  /** `drop`: left on the called person's machine; `mailbox`: heard by callers who reach nobody. */
  use: z.enum(["drop", "mailbox"]),
  /** Spoken by the carrier where nothing is recorded. */
  text: z.string().min(1).max(1_000),
  /** The server's key of the recorded sound; empty = none. */
  sound: z.string().max(100),
  archived: z.boolean(),
});
export type Greeting = z.infer<typeof Greeting>;

/** How the tenant telephones; `id` is `phone-rules`. What the law says is added to it (docs/compliance.md). */
export const PhoneRules = z.strictObject({
  ...base,
  kind: z.literal("phone-rules"),
  /** For notes after a call. */
  wrapUpSeconds: z.int().min(0).max(3_600),
  recording: z.boolean(),
  /** Whether recording is announced to everybody, or where the law of one of the two places asks for it. */
  consent: z.enum(["always", "by-law"]),
  /** Each takes the place of the rule that Ringside knows for the same `where`. */
  windows: z.array(WindowRule).max(100),
  /** Dials of one lead or number; null = as many as the law allows. */
  maxPerDay: z.int().min(1).max(100).nullable(),
  maxPerWeek: z.int().min(1).max(500).nullable(),
  /** False: who cannot be put through hears so, and the call ends. */
  voicemail: z.boolean(),
  /** Lets the carrier listen whether a person or a machine picks up: it costs money, and tells some seconds later. */
  detectMachines: z.boolean().default(false),
  /** Who writes down what is said: the carrier, the server's provider of speech-to-text where it has one, or nobody. */
  transcription: z.enum(["carrier", "speech", "nobody"]).default("carrier"),
  /** Of numbers that name none; empty = everybody is rung. */
  defaultQueue: z.union([z.literal(""), settingKey]),
});
export type PhoneRules = z.infer<typeof PhoneRules>;

/** Which letters that the assistant wrote need a second person before they leave; `id` is `letter-rules`. */
export const LetterRules = z.strictObject({
  ...base,
  kind: z.literal("letter-rules"),
  /** `flagged`: those that the output rules objected to. */
  secondPerson: z.enum(["never", "flagged", "always"]),
});
export type LetterRules = z.infer<typeof LetterRules>;

/** From 18:00 to 00:00, or from 22:00 to 06:00: what closes no later than it opens closes on the next day. */
const DayHours = z.strictObject({
  opens: z.string().regex(/^\d\d:\d\d$/u),
  closes: z.string().regex(/^\d\d:\d\d$/u),
});

/** The tenant itself; `id` is `business`. */
export const Business = z.strictObject({
  ...base,
  kind: z.literal("business"),
  name: line.min(1),
  industry: line,
  /** What the tenant calls things, e.g. { lead: "prospect", leads: "prospects" }. */
  terms: z.record(z.enum(["lead", "leads", "deal", "deals", "listing", "listings"]), line),
  timeZone: z.string().max(60),
  /** ISO 3166 country of numbers written without a prefix. */
  country: z.string().regex(/^[A-Z]{2}$/u),
  currency: z.string().regex(/^[A-Z]{3}$/u),
  /** Monday first; null = closed. */
  hours: z.array(DayHours.nullable()).length(7),
  holidays: z.array(z.strictObject({ on: z.iso.date(), name: line })).max(400),
});
export type Business = z.infer<typeof Business>;

export const FilterOp = z.enum([
  "is",
  "is-not",
  "at-least",
  "at-most",
  "over",
  "under",
  "contains",
  "empty",
  "not-empty",
  "within-days",
  "older-than-days",
]);
export type FilterOp = z.infer<typeof FilterOp>;

export const Filter = z.strictObject({
  /** `stage`, `custom.budget`, or `nextTask`: when the next open task of a lead is due. */
  field: z.string().max(80),
  /** `within-days` of today, in either direction: 0 = today. */
  op: FilterOp,
  /** Several values = any of them. `me` as an owner means whoever looks. */
  values: z.array(CustomValue).max(50),
});
export type Filter = z.infer<typeof Filter>;

export const Sort = z.strictObject({ field: z.string().max(80), direction: z.enum(["asc", "desc"]) });
export type Sort = z.infer<typeof Sort>;

/** A saved view of leads. `ownerId` null = everybody's. */
export const View = z.strictObject({
  ...base,
  kind: z.literal("view"),
  name: line.min(1),
  ownerId: userRef,
  filters: z.array(Filter).max(20),
  sort: Sort,
  columns: z.array(z.string().max(80)).max(40),
  layout: z.enum(["list", "board"]),
});
export type View = z.infer<typeof View>;

/** A column mapping that is used again for files that look alike. */
export const ImportMapping = z.strictObject({
  ...base,
  kind: z.literal("import-mapping"),
  name: line,
  ownerId: userRef,
  headers: z.array(z.string().max(500)).max(500),
  /** Header to field; null = left out. */
  fields: z.record(z.string().max(500), z.string().max(80).nullable()),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

export const Playbook = z.strictObject({ ...base, ...playbookFields });
export type Playbook = z.infer<typeof Playbook>;

export const Scorecard = z.strictObject({ ...base, ...scorecardFields });
export type Scorecard = z.infer<typeof Scorecard>;

/** Who converts, as the server learned it of the tenant's outcomes; `id` is `conversion`. Written by the server alone. */
export const Conversion = z.strictObject({ ...base, kind: z.literal("conversion"), model: ConversionModel });
export type Conversion = z.infer<typeof Conversion>;

export const Setting = z.discriminatedUnion("kind", [
  Person,
  Team,
  CustomField,
  Stage,
  Disposition,
  Queue,
  BreakReason,
  CallList,
  Greeting,
  PhoneRules,
  LetterRules,
  Business,
  Playbook,
  Scorecard,
  Conversion,
  View,
  ImportMapping,
]);
export type Setting = z.infer<typeof Setting>;
export type SettingKind = Setting["kind"];
export type SettingOf<K extends SettingKind> = Extract<Setting, { kind: K }>;
