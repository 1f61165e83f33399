import { z } from "zod";
import { AiFailureCode } from "../ai/vocabulary.ts";
import { Instant, line } from "../entities/fields.ts";
import { RecordId } from "../entities/id.ts";
import { DealInsight } from "./deals/insight.ts";
import { Letter } from "./letters/approval.ts";
import { Question } from "./question.ts";

// What a desk asks the server's assistant; with `Authorization: Bearer <token>`.
export const assistantPaths = {
  /** POST WriteRequest, answered with a stream of AnswerPart, one JSON object a line. */
  write: "/api/v1/assistant/write",
  /** POST InsightRequest, answered with InsightAnswer. */
  dealInsight: "/api/v1/assistant/deal-insight",
  /** POST MatchRequest, answered with MatchAnswer. */
  matches: "/api/v1/assistant/matches",
  /** POST RatingRequest. */
  ratings: "/api/v1/assistant/ratings",
  /** POST ApprovalRequest, answered with ApprovalAnswer. */
  approvals: "/api/v1/assistant/approvals",
  /** GET AssistantStatus. */
  status: "/api/v1/assistant/status",
} as const;

const Turn = z.strictObject({ role: z.enum(["user", "assistant"]), text: z.string().max(20_000) });
export type Turn = z.infer<typeof Turn>;

/** A talk is remembered by the desk; `turns` is what was said in it before, oldest first. */
export const WriteRequest = z.strictObject({ question: Question, turns: z.array(Turn).max(24) });
export type WriteRequest = z.infer<typeof WriteRequest>;

/** Who answered; as `Origin` of the gateway. */
export const AnswerOrigin = z.object({
  /** People rate the answer by it; empty = this device's own rules answered. */
  requestId: z.string().max(64),
  by: z.enum(["rules", "model"]),
  model: line,
  /** `until`: of `limited`, when it may go on; a server of before does not say. */
  instead: z.object({ code: AiFailureCode, message: line, until: Instant.nullish() }).nullable(),
});
export type AnswerOrigin = z.infer<typeof AnswerOrigin>;

/** `begin` takes back what came before. The last one is `end`; without it the answer was cut off. */
export const AnswerPart = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("begin"), by: z.enum(["rules", "model"]) }),
  z.object({
    kind: z.literal("text"),
    text: z.string(),
    /** The output rules objected to something so far; what was foreign is left out. A server of before does not say. */
    flagged: z.boolean().default(false),
  }),
  AnswerOrigin.extend({
    kind: z.literal("end"),
    /** Why it ends early, at a whole sentence; null = it does not. A server of before does not say. */
    cut: z.enum(["length", "time"]).nullable().default(null),
  }),
]);
export type AnswerPart = z.infer<typeof AnswerPart>;

export const InsightRequest = z.strictObject({ dealId: RecordId });
export const InsightAnswer = AnswerOrigin.extend({ insight: DealInsight });
export type InsightAnswer = z.infer<typeof InsightAnswer>;

export const MatchRequest = z.strictObject({ leadId: RecordId });
/** How near the listings are to what the person said they want, -1 to 1; those that the desk does not have are left out there. */
export const MatchAnswer = z.object({
  nearness: z.record(z.string().max(64), z.number()),
  /** By what the model makes of them, or by the words themselves; a server of before does not say. */
  by: AnswerOrigin.shape.by.default("rules"),
  /** Why not by the model that is set up. */
  instead: AnswerOrigin.shape.instead.default(null),
});
export type MatchAnswer = z.infer<typeof MatchAnswer>;

/** `model`: the one that would answer this person now, by its name in the catalogue; empty = the rules would. */
export const AssistantStatus = z.object({
  model: line,
  /** Of rules: what keeps the models from it; null = none is set up. A server of before does not say. */
  instead: AnswerOrigin.shape.instead.default(null),
});
export type AssistantStatus = z.infer<typeof AssistantStatus>;

/** What a person thought of an answer; the last word counts. */
export const RatingRequest = z.strictObject({ requestId: z.string().min(1).max(64), useful: z.boolean() });
export type RatingRequest = z.infer<typeof RatingRequest>;

/** Asks for a second person. What waits of the same draft is replaced: its writer wants another text now. */
export const ApprovalRequest = z.strictObject({
  draftId: z.string().min(1).max(64),
  letter: Letter,
  flagged: z.boolean(),
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;
/** `id` is the record that says what becomes of it. */
export const ApprovalAnswer = z.object({ id: RecordId });
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;
