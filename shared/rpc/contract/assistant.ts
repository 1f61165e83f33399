import { z } from "zod";
import { DealInsight, Step } from "../../assistant/deals/insight.ts";
import { longestLetter, WhyHeld } from "../../assistant/letters/approval.ts";
import { Place, Question } from "../../assistant/question.ts";
import { AnswerOrigin } from "../../assistant/server-wire.ts";
import { Recommendation } from "../../entities/activity.ts";
import { Instant, line } from "../../entities/fields.ts";
import { RecordId } from "../../entities/id.ts";
import { Listing } from "../../entities/listing.ts";
import { command, event, query } from "../define.ts";
import { Undoable } from "./records.ts";

/** Something that was written for this person, kept on this device beside the records. */
export const Draft = z.object({
  id: z.string().max(64),
  at: Instant,
  question: Question,
  /** As it came; `edited` is what the person made of it, null = nothing yet. */
  text: z.string(),
  edited: z.string().max(longestLetter).nullable(),
  state: z.enum(["coming", "done", "stopped"]),
  origin: AnswerOrigin.nullable(),
  /** What was kept from a better answer, in words; empty = nothing. */
  why: line,
  useful: z.boolean().nullable(),
  /** What it proposed was done. */
  acted: z.boolean(),
  /** The output rules objected to something in it. */
  flagged: z.boolean().default(false),
});
export type Draft = z.infer<typeof Draft>;

const draftId = z.object({ id: z.string().max(64) });

/** The versions of one letter, or the turns of one talk, oldest first; text grows while it comes. */
export const drafts = query("assistant.drafts", {
  input: z.object({ place: Place }),
  output: z.object({ drafts: z.array(Draft) }),
});
/** Begins to write; the answer comes in `drafts`. Without a server the rules of this device write it at once. */
export const startDraft = command("assistant.start", {
  input: z.object({ question: Question }),
  output: draftId,
});
/** What came so far stays. */
export const stopDraft = command("assistant.stop", { input: draftId, output: z.object({}) });
/** `edited` null: as it came again. */
export const changeDraft = command("assistant.change", {
  input: draftId.extend({ edited: z.string().max(longestLetter).nullable() }),
  output: z.object({}),
});
export const judgeDraft = command("assistant.judge", {
  input: draftId.extend({ useful: z.boolean() }),
  output: z.object({}),
});
/** Does what an answer proposes, after the person has seen it. Done once: a second time nothing happens (`count` 0). */
export const confirmProposal = command("assistant.confirm", { input: draftId, output: Undoable });
const held = { why: WhyHeld };
/** Whether a letter may leave, and where its approval stands. */
export const LetterStand = z.discriminatedUnion("state", [
  z.object({ state: z.literal("free") }),
  /** `trouble`: why the server did not take the request; empty = nobody was asked yet. */
  z.object({ state: z.literal("held"), ...held, trouble: line }),
  /** Asked for on this device; the server has not heard of it yet. */
  z.object({ state: z.literal("kept"), ...held }),
  z.object({ state: z.literal("waiting"), ...held, at: Instant }),
  z.object({ state: z.literal("approved"), by: line, at: Instant }),
  z.object({ state: z.literal("rejected"), ...held, by: line, at: Instant, reason: z.string() }),
]);
export type LetterStand = z.infer<typeof LetterStand>;

/** Of a draft that is a letter, in the words that it has now. `text` is these: a window may be ahead. */
export const letterStand = query("assistant.letterStand", {
  input: draftId,
  /** Null: it is no letter, or not kept any more. */
  output: draftId.extend({ text: z.string(), stand: LetterStand }).nullable(),
});
/** Asks for somebody else's approval of a letter in these words; kept until the server has heard it. */
export const askApproval = command("assistant.askApproval", {
  input: draftId.extend({ text: z.string().min(1).max(longestLetter) }),
  output: z.object({}),
});
/** Letters of others that wait for this person, longest first; nothing for whoever may not decide. */
export const waitingLetters = query("assistant.waitingLetters", {
  input: z.object({}),
  output: z.object({
    letters: z.array(z.object({ id: RecordId, leadName: z.string(), askedBy: z.string(), at: Instant })),
  }),
});
/** Somebody has decided about a letter for which this device asked. */
export const letterDecided = event(
  "assistant.letterDecided",
  z.object({
    id: RecordId,
    about: z.enum(["email", "message"]),
    leadId: RecordId,
    leadName: line,
    by: line,
    approved: z.boolean(),
    reason: z.string(),
  }),
);
/** Begins anew: what was said there is forgotten. */
export const forgetDrafts = command("assistant.forget", {
  input: z.object({ place: Place }),
  output: z.object({}),
});
/** Takes that back: what was forgotten there last stands there again, before what was said since. */
export const bringBackDrafts = command("assistant.bringBack", {
  input: z.object({ place: Place }),
  output: z.object({}),
});

/** Where a deal stands: a model's words where one was asked and nothing changed since, else the rules'. */
export const dealInsight = query("assistant.dealInsight", {
  input: z.object({ dealId: RecordId }),
  /** Null: the deal is gone, or it is with nobody yet. */
  output: z.object({
    insight: DealInsight.nullable(),
    origin: AnswerOrigin,
    asking: z.boolean(),
    why: line,
    useful: z.boolean().nullable(),
    /** Something has changed while it was asked, which the answer does not know. */
    outdated: z.boolean(),
  }),
});
/** Where the answer is that the deal is likely to be lost, its steps become tasks, all taken back by one undo. */
export const askDealInsight = command("assistant.askDealInsight", {
  input: z.object({ dealId: RecordId }),
  output: Undoable,
});
export const judgeInsight = command("assistant.judgeInsight", {
  input: z.object({ dealId: RecordId, useful: z.boolean() }),
  output: z.object({}),
});
/** Makes tasks of steps, all taken back by one undo. */
export const planSteps = command("assistant.planSteps", {
  input: z.object({ dealId: RecordId, steps: z.array(Step).min(1).max(3) }),
  output: Undoable,
});

/** What is on offer for a person, best first. `compared`: their own words count, too, not the fields alone. */
export const listingMatches = query("assistant.listingMatches", {
  input: z.object({ leadId: RecordId }),
  output: z.object({
    matches: z.array(
      z.object({
        listingId: z.string(),
        score: z.int(),
        reasons: z.array(z.string()),
        against: z.array(z.string()),
        listing: Listing,
      }),
    ),
    /** By what the server compared their words; null = by nothing, the fields alone were. */
    compared: z.enum(["rules", "model"]).nullable(),
    /** Why not, or not by the model; empty = nothing kept it. */
    why: line,
  }),
});
/** Asks the server to compare words; `listingMatches` says what comes of it. */
export const compareListings = command("assistant.compareListings", {
  input: z.object({ leadId: RecordId }),
  output: z.object({}),
});

const Deed = z.discriminatedUnion("do", [
  z.object({ do: z.literal("call") }),
  z.object({ do: z.literal("write"), callId: RecordId.nullable() }),
  z.object({ do: z.literal("task"), title: line, dueInDays: z.int() }),
]);

/** Who answers now: a model by its name, the server's rules, or this device's own where no server is reached. */
export const whoAnswers = query("assistant.whoAnswers", {
  input: z.object({}),
  output: z.object({
    by: z.enum(["model", "rules", "device"]),
    model: line,
    /** Of rules: what keeps the models that are set up from it; empty = there are none. */
    why: line,
  }),
});

/** What should be done with a person next, the most urgent first; answered and expired ones are gone. */
export const recommendations = query("assistant.recommendations", {
  input: z.object({ leadId: RecordId }),
  output: z.object({
    recommendations: z.array(
      Recommendation.pick({ kind: true, title: true, reason: true, priority: true, confidence: true }).extend(
        {
          key: z.string(),
          expiresAt: Instant,
          deed: Deed,
          status: Recommendation.shape.status,
        },
      ),
    ),
    /** Of this person: taken, of those that they answered or have seen on this device. */
    acceptance: z.object({ accepted: z.int(), seen: z.int() }),
    /** Of everybody else whose answers this person may see; null = this person leads nobody. */
    others: z.object({ accepted: z.int(), answered: z.int() }).nullable(),
  }),
});
/**
 * The most urgent for each of these people, and of those of one's own whom nobody has seen to, the most urgent first;
 * at most eight of them.
 */
export const suggestions = query("assistant.suggestions", {
  input: z.object({ leadIds: z.array(RecordId).max(20) }),
  output: z.object({
    suggestions: z.array(
      Recommendation.pick({ title: true, reason: true, priority: true }).extend({
        leadId: RecordId,
        leadName: line,
      }),
    ),
  }),
});
/** Makes the task that is recommended and counts it as taken: one undo takes back both. */
export const takeRecommendedTask = command("assistant.takeRecommendedTask", {
  input: z.object({ leadId: RecordId, key: z.string().max(200) }),
  output: Undoable,
});
/** Only a dismissal can be taken back: what was done about one that was accepted stays done. */
export const judgeRecommendation = command("assistant.judgeRecommendation", {
  input: z.object({
    leadId: RecordId,
    key: z.string().max(200),
    status: z.enum(["viewed", "accepted", "dismissed"]),
  }),
  output: Undoable,
});

export const assistantContract = {
  drafts,
  startDraft,
  stopDraft,
  changeDraft,
  judgeDraft,
  confirmProposal,
  letterStand,
  askApproval,
  waitingLetters,
  letterDecided,
  forgetDrafts,
  bringBackDrafts,
  dealInsight,
  askDealInsight,
  judgeInsight,
  planSteps,
  listingMatches,
  compareListings,
  whoAnswers,
  recommendations,
  suggestions,
  takeRecommendedTask,
  judgeRecommendation,
};
