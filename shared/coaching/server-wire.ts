import { z } from "zod";
import { line } from "../entities/fields.ts";
import { RecordId } from "../entities/id.ts";
import { Speaker } from "./utterance.ts";

// What a desk asks the server during a call; with `Authorization: Bearer <token>`.
export const coachingPaths = {
  /** POST CardRequest, answered with CardAnswer within `cardWithinMs` and a little more for the way. */
  card: "/api/v1/coaching/card",
  /** POST MeaningRequest, answered with MeaningAnswer. */
  meaning: "/api/v1/coaching/meaning",
  /** GET ListeningAnswer. */
  listening: "/api/v1/coaching/listening",
} as const;

/** A model that takes longer is too late: what the card is for has passed. */
export const cardWithinMs = 2_500;

const cardLine = line.min(1).max(90);

/** A card that is up, and what was said around it: words for this very moment are wanted. */
export const CardRequest = z.strictObject({
  callId: RecordId,
  title: line.min(1).max(60),
  lines: z.array(cardLine).min(1).max(3),
  /** The last minute, oldest first. */
  heard: z.array(z.strictObject({ speaker: Speaker, text: z.string().max(2_000) })).max(60),
});
export type CardRequest = z.infer<typeof CardRequest>;

/** `wordedBy` "playbook": the lines as they were given, because no model is set up or, as `why` says, it had none. */
export const CardAnswer = z.strictObject({
  lines: z.array(cardLine).min(1).max(3),
  wordedBy: z.enum(["playbook", "model"]),
  why: line,
});
export type CardAnswer = z.infer<typeof CardAnswer>;

/** Of what was said, so much is compared in one go; a desk asks at most every two seconds. */
export const mostCompared = 16;

/** Something that was said for good in a call with a playbook that listens for meanings. */
export const MeaningRequest = z.strictObject({
  callId: RecordId,
  playbookId: RecordId,
  said: z.array(z.string().min(1).max(2_000)).min(1).max(mostCompared),
});
export type MeaningRequest = z.infer<typeof MeaningRequest>;

/**
 * `alike`: a row for each text with a number for each of the playbook's `examplesOf`; empty where nothing was compared.
 * `no-model`: none that makes vectors is set up; `unanswered`: none answered this time.
 */
export const MeaningAnswer = z.strictObject({
  state: z.enum(["compared", "no-model", "unanswered"]),
  alike: z.array(z.array(z.number())),
});
export type MeaningAnswer = z.infer<typeof MeaningAnswer>;

/** Why the server's provider of speech-to-text does not listen to this person's calls now; empty = it would. */
export const ListeningAnswer = z.strictObject({ why: line });
