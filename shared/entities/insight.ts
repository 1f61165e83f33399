import { z } from "zod";
import { HandOffReason, Outcome } from "../bot/conversation.ts";
import { Day, Instant, line, longText, recordRef, teamRef, userRef } from "./fields.ts";
import { RecordId, UserId } from "./id.ts";
import { recordBase } from "./record.ts";

const key = z.string().max(60);
const callMs = z.int().min(0);

/** Whose call it is about: they and their team see it. `at` is when the call began, or when it was written. */
const base = {
  ...recordBase,
  callId: recordRef,
  leadId: recordRef,
  agentId: userRef,
  teamId: teamRef,
  at: Instant,
};

/** A point of a call worth hearing, in ms from the answer. */
export const Moment = z.strictObject({
  kind: z.enum([
    "monologue",
    "interruption",
    "dead-air",
    "objection",
    "question",
    "item",
    "card",
    "mood",
    "praise",
  ]),
  good: z.boolean(),
  atMs: callMs,
  endMs: callMs,
  text: line,
});
export type Moment = z.infer<typeof Moment>;

const found = { text: line, atMs: callMs.nullable() };
const strengths = z.array(z.strictObject(found)).max(3);
const improvements = z.array(z.strictObject({ ...found, advice: line })).max(3);
const score = z.number().min(0).max(100).nullable();

/**
 * What one of several who had a call did in it, by what was said while they had it. Times of `spans` and of what was
 * found are those of the call; figures are of their own part alone.
 */
export const ReportPart = z.strictObject({
  agentId: UserId,
  /** From and to, in ms; null = to the end. */
  spans: z
    .array(z.strictObject({ fromMs: callMs, toMs: callMs.nullable() }))
    .min(1)
    .max(50),
  metrics: z.record(z.string().max(60), z.number()),
  strengths,
  improvements,
  score,
});
export type ReportPart = z.infer<typeof ReportPart>;

/**
 * What one call came to; `id` is `report:<callId>`. Written by the server alone, from the transcript: figures and
 * rules first (`wordedBy` "rules"), then a model's words in their place where there is one.
 */
export const CallReport = z.strictObject({
  ...base,
  kind: z.literal("report"),
  /** By name of shared/coaching/metrics/catalogue.ts; what cannot be told is absent. Of the whole call, whoever had it. */
  metrics: z.record(z.string().max(60), z.number()),
  /** Each of us who had the call, in the order in which they got it; empty = one had it from its beginning to its end. */
  parts: z.array(ReportPart).max(20).default([]),
  /** The customer's mood by minute of the call, -1 to 1. */
  mood: z.array(z.number().min(-1).max(1)).max(600),
  /** Key and version of the playbook; empty and 0 = none. */
  playbook: key,
  playbookVersion: z.int().min(0),
  /** Null = it was skipped. */
  items: z.array(z.strictObject({ key, label: line, atMs: callMs.nullable() })).max(30),
  /** Whenever the playbook called for one, whether anybody saw it (`CardShown`) or not. */
  cards: z.array(z.strictObject({ key, title: line, phrase: line, atMs: callMs })).max(200),
  moments: z.array(Moment).max(60),
  summary: longText,
  keyPoints: z.array(line).max(12),
  /** Becomes the task `action:<callId>:<key>` on one click. */
  actions: z
    .array(
      z.strictObject({
        key: z.string().max(16),
        text: line,
        dueInDays: z.int().min(0).max(365).nullable(),
        atMs: callMs.nullable(),
      }),
    )
    .max(12),
  objections: z.array(z.strictObject({ text: line, atMs: callMs, answered: z.boolean() })).max(20),
  sentiment: z.enum(["", "very-negative", "negative", "neutral", "positive", "very-positive"]),
  /** Of `agentId`: where others had the call before them, by their own part of it, as is the score. */
  strengths,
  improvements,
  followUp: line,
  /** 0 to 100 by the scorecard of that key; null = none, or people have not said yet. */
  score,
  scorecard: key,
  criteria: z
    .array(z.strictObject({ key, label: line, points: z.number().min(0).max(1).nullable() }))
    .max(30),
  wordedBy: z.enum(["rules", "model"]),
  /** Why a model's words are missing where one was asked; empty = nothing went wrong. */
  wordsMissing: line,
});
export type CallReport = z.infer<typeof CallReport>;

/** Somebody's words on a moment of a call. */
export const Comment = z.strictObject({
  ...base,
  kind: z.literal("comment"),
  byId: UserId,
  atMs: callMs,
  text: longText,
});
export type Comment = z.infer<typeof Comment>;

/** What a coach asks `agentId` to practise. It is a task of theirs too. */
export const Assignment = z.strictObject({
  ...base,
  kind: z.literal("assignment"),
  byId: UserId,
  atMs: callMs.nullable(),
  endMs: callMs.nullable(),
  text: longText,
  practise: line,
  /** So many calls in which the figure is so; null = when the agent says so. */
  goal: z
    .strictObject({
      metric: key,
      is: z.enum(["over", "under"]),
      value: z.number(),
      calls: z.int().min(1).max(50),
    })
    .nullable(),
  dueOn: Day.nullable(),
  /** A colleague's moment to listen to. */
  example: z.strictObject({ callId: RecordId, atMs: callMs }).nullable(),
  taskId: recordRef,
  status: z.enum(["open", "done", "dropped"]),
});
export type Assignment = z.infer<typeof Assignment>;

/** What one person scored a call; two of them side by side are a calibration. */
export const Scoring = z.strictObject({
  ...base,
  kind: z.literal("scoring"),
  byId: UserId,
  scorecard: key,
  /** 0 to 5 by criterion; null = does not apply. */
  points: z.record(key, z.number().min(0).max(5).nullable()),
  note: longText,
});
export type Scoring = z.infer<typeof Scoring>;

/** Whether a card helped the agent who saw it. */
export const CardFeedback = z.strictObject({
  ...base,
  kind: z.literal("card-feedback"),
  byId: UserId,
  playbook: key,
  playbookVersion: z.int().min(0),
  card: key,
  atMs: callMs,
  useful: z.boolean(),
});
export type CardFeedback = z.infer<typeof CardFeedback>;

/** An item of the checklist that the agent ticked or unticked by hand: it stands against what the rules heard. */
export const ItemTick = z.strictObject({
  ...base,
  kind: z.literal("item-tick"),
  byId: UserId,
  playbook: key,
  playbookVersion: z.int().min(0),
  item: key,
  atMs: callMs,
  done: z.boolean(),
});
export type ItemTick = z.infer<typeof ItemTick>;

/**
 * A window showed a card to the agent; `id` begins with `shown:`; windows tell of it by themselves. One for each time that it came up: `atMs`.
 * It has no field that no other kind has: devices need not rebuild what they hold.
 */
export const CardShown = z.strictObject({
  ...base,
  kind: z.literal("card-shown"),
  byId: UserId,
  playbook: key,
  playbookVersion: z.int().min(0),
  card: key,
  atMs: callMs,
  /** `dismissed`: they sent it away. */
  state: z.enum(["shown", "dismissed"]),
});
export type CardShown = z.infer<typeof CardShown>;

/**
 * A conversation that came through the organisation's bot and that a person was wanted for; `id` is `chat:<chatId>`.
 * Written by the server alone from the conversation's events (shared/bot), but for `leadId`: whom it is with is said
 * by an ordinary edit. `callId` is null; `agentId` is who took it, `at` when it began.
 */
export const Chat = z.strictObject({
  ...base,
  kind: z.literal("chat"),
  botName: line,
  phase: z.enum(["waiting", "person", "ended"]),
  why: HandOffReason,
  /** Since when somebody is waited for. */
  waitingSince: Instant,
  lastAt: Instant,
  turns: z
    .array(
      z.strictObject({
        seq: z.int().min(1),
        at: Instant,
        by: z.enum(["visitor", "bot", "person"]),
        agentId: userRef,
        text: z.string().max(8_000),
      }),
    )
    .max(1_000),
  told: z.strictObject({ name: line, email: line, phone: line, need: line, when: line }),
  endedBy: z.enum(["", "visitor", "person", "silence"]),
  outcome: z.union([z.literal(""), Outcome]),
});
export type Chat = z.infer<typeof Chat>;

/**
 * Whether a letter may leave (shared/assistant/letters). Written by the server alone; the letter's words are not in it.
 * `callId` is null; `agentId` is who asked, `at` when.
 */
export const Approval = z.strictObject({
  ...base,
  kind: z.literal("approval"),
  about: z.enum(["email", "message"]),
  /** SHA-256 of `sealedWords`, in hex: another text is not what was approved. */
  letterHash: z.string().regex(/^[0-9a-f]{64}$/u),
  state: z.enum(["waiting", "approved", "rejected"]),
  /** Who decided, and when; null = nobody yet. */
  byId: userRef,
  decidedAt: Instant.nullable(),
  reason: longText,
});
export type Approval = z.infer<typeof Approval>;

/**
 * What coaching knows of calls, and what people made of it; conversations of the bot that people took over; and which
 * letters may leave.
 */
export const Insight = z.discriminatedUnion("kind", [
  CallReport,
  Comment,
  Assignment,
  Scoring,
  CardFeedback,
  ItemTick,
  Chat,
  Approval,
  CardShown,
]);
export type Insight = z.infer<typeof Insight>;
export type InsightKind = Insight["kind"];

/** How the ids of these kinds begin, and of no others: devices and the server know them by their ids alone. */
export const insightIdStarts = {
  report: "report:",
  chat: "chat:",
  "card-shown": "shown:",
} as const satisfies Partial<Record<InsightKind, string>>;

/** Whether an insight of this kind may be called so. */
export function isInsightId(kind: unknown, id: string): boolean {
  return Object.entries(insightIdStarts).every(([of, start]) => id.startsWith(start) === (kind === of));
}
