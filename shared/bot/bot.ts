import { z } from "zod";
import { TeamId } from "../entities/id.ts";

/**
 * What a bot is there for. `answers`: questions, from what its admins wrote; `listings`: what is on offer;
 * `qualification`: what somebody looks for, and how to reach them; `call-back`: a number and a time; `support`:
 * takes down what is wrong, for a person. What lies outside is handed to a person.
 */
export const Purpose = z.enum(["answers", "listings", "qualification", "call-back", "support"]);
export type Purpose = z.infer<typeof Purpose>;

/** Something that a bot may say: a question or subject, and the answer as its admins want it given. */
export const Known = z.strictObject({
  about: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(2_000),
});
export type Known = z.infer<typeof Known>;

/** `https://www.example.com`: scheme and host as browsers write them, a port where it is not the usual one, nothing behind. */
const Origin = z
  .string()
  .max(300)
  .regex(/^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/u);

/** A bot as its admins set it up. */
export const Bot = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** The first thing a visitor reads. */
  opening: z.string().trim().min(1).max(500),
  purposes: z.array(Purpose).min(1).max(5),
  knows: z.array(Known).max(200),
  /** Who takes over; null = everybody of the organisation. */
  teamId: TeamId.nullable(),
  /** When somebody is there to take over: while the organisation is open, or always. The bot itself never sleeps. */
  people: z.enum(["business-hours", "always"]),
  /** Pages that may talk to it; empty = none. */
  origins: z.array(Origin).max(50),
  /** Answers in one conversation, after which a person takes over. */
  mostAnswers: z.int().min(1).max(50),
  /** Conversations begun in 24 hours; more are turned away, so that nobody can run up a bill. */
  mostChatsADay: z.int().min(1).max(10_000),
  on: z.boolean(),
});
export type Bot = z.infer<typeof Bot>;

/** What a visitor writes at once. */
export const longestSaid = 2_000;
/** What a person of the organisation writes at once. */
export const longestReply = 4_000;
/** What a visitor may write in one conversation: an endless one would be read as a whole at each step. */
export const mostSaid = 200;
