import { z } from "zod";
import { line } from "../entities/fields.ts";
import { RecordId } from "../entities/id.ts";

// What a person asks the assistant for, on the desk and over the wire.

export const Purpose = z.enum(["after-call", "follow-up", "appointment", "offer", "reconnect", "thanks"]);
export type Purpose = z.infer<typeof Purpose>;

export const Tone = z.enum(["friendly", "neutral", "formal"]);
export type Tone = z.infer<typeof Tone>;

export const Length = z.enum(["short", "medium", "long"]);
export type Length = z.infer<typeof Length>;

/** Of what is written of a listing; rules write English alone. */
export const Language = z.enum(["en", "de", "es", "fr", "it", "nl", "pl", "pt"]);
export type Language = z.infer<typeof Language>;

const letter = {
  leadId: RecordId,
  /** The call that it follows; null = none in particular. */
  callId: RecordId.nullable(),
  purpose: Purpose,
  tone: Tone,
  /** What else is to be in it, in the person's own words. */
  wish: line,
};

/** Answered with prose, while it comes. */
export const Question = z.discriminatedUnion("about", [
  z.strictObject({ about: z.literal("email"), ...letter, length: Length }),
  z.strictObject({ about: z.literal("message"), ...letter }),
  z.strictObject({
    about: z.literal("listing"),
    listingId: RecordId,
    tone: Tone,
    length: Length,
    language: Language,
  }),
  /** The words of a listing's landing page. */
  z.strictObject({ about: z.literal("landing"), listingId: RecordId, tone: Tone, language: Language }),
  z.strictObject({
    about: z.literal("chat"),
    /** Whom it is about; null = nobody in particular. */
    leadId: RecordId.nullable(),
    said: z.string().min(1).max(4_000),
  }),
]);
export type Question = z.infer<typeof Question>;
export type QuestionAbout<A extends Question["about"]> = Extract<Question, { about: A }>;

/** Of a listing; every other one is of a person, or of nobody. */
export function isOfListing(question: Question): question is QuestionAbout<"listing" | "landing"> {
  return question.about === "listing" || question.about === "landing";
}

/** The call that a letter is about; null = none in particular. */
export function callOf(question: Question): RecordId | null {
  return question.about === "email" || question.about === "message" ? question.callId : null;
}

/** What belongs together: the versions of one letter, the turns of one talk. */
export function placeOf(question: Question): string {
  if (isOfListing(question)) return `${question.about}:${question.listingId}`;
  return `${question.about}:${question.leadId ?? ""}`;
}
export const Place = z
  .string()
  .max(80)
  .regex(/^(?:email|message|listing|landing|chat):[\w:.-]*$/u);
