import type { Listing } from "../entities/listing.ts";
import { chatByRules } from "./chat/chat-by-rules.ts";
import { listingByRules } from "./listings/describe-by-rules.ts";
import { landingByRules } from "./listings/landing-by-rules.ts";
import type { Question } from "./question.ts";
import type { LeadStory } from "./story.ts";
import { emailByRules, messageByRules } from "./writing/write-by-rules.ts";

/** What a question is about, as far as whoever asks may see it. */
export type Subject = {
  now: string;
  timeZone: string;
  story: LeadStory | null;
  /** As it may be told outside (`tellableListing`). */
  listing: Listing | null;
};

/**
 * The answer of Ringside's own rules: the server's where no model answers, and a desk's that has no network.
 * @throws where the subject of the question was not read: whoever calls looks first
 */
export function answerQuestionByRules(question: Question, subject: Subject): string {
  if (question.about === "chat") return chatByRules(question.said, subject.story, subject.now, subject.timeZone); // prettier-ignore
  if (question.about === "listing") return listingByRules(question, required(subject.listing));
  if (question.about === "landing") return landingByRules(question, required(subject.listing));
  const story = required(subject.story);
  return question.about === "email" ? emailByRules(question, story) : messageByRules(question, story);
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error("the subject of the question was not read");
  return value;
}
