import type { HandOffReason, Outcome, Slot } from "./conversation.ts";

// What the bot says by itself. English; a model says its own in the visitor's language.

export const slotWords: Readonly<Record<Slot, string>> = {
  need: "What are you looking for? A sentence is enough: what, where, by when, and up to how much.",
  name: "And what is your name?",
  contact: "How can we reach you, by e-mail or by phone?",
  phone: "Which number may we call?",
  when: "When is a good time to call?",
  trouble: "I am sorry to hear that. What happened, and since when?",
};

export const missedWords =
  "I did not understand that. Could you say it in other words? Or write “person”, and I will get somebody.";

const why: Readonly<Record<HandOffReason, string>> = {
  asked: "I will get somebody for you.",
  unsure: "I do not know that, and I would rather not guess.",
  outside: "That is one for a colleague of mine.",
  failed: "I still do not get it: let me fetch somebody who does.",
  upset: "I am sorry. A person should look at this.",
  urgent: "That sounds urgent: a person should look at it.",
  limit: "From here a person can help you better than I can.",
  qualified: "Thank you, that is all I need.",
  "call-back": "Thank you, I have noted it.",
  support: "Thank you, I have written it down.",
};
const here = "Somebody will be with you in a moment.";
const away = "Nobody is here right now: we get back to you when we open.";
const awayAndAsks =
  "Nobody is here right now. Leave an e-mail address or a number, and we get back to you when we open.";

/** For a contact that comes after the hand-off, while nobody is there. */
export const thanksWords = "Thank you, I have noted it. We get back to you when we open.";

/**
 * @param text the answer so far, in whatever language; empty = the bot's own words
 * @param hasContact whether they have said how to reach them
 */
export function handOffWords(
  reason: HandOffReason,
  text: string,
  { open, hasContact }: { open: boolean; hasContact: boolean },
): string {
  const closed = hasContact ? away : awayAndAsks;
  if (text !== "") return open ? text : `${text}\n\n${closed}`;
  return `${why[reason]} ${open ? here : closed}`;
}

/** Why a person was wanted, as people of the organisation read it. */
export const reasonWords: Readonly<Record<HandOffReason, string>> = {
  asked: "Asked for a person",
  unsure: "The bot did not know",
  outside: "Not what the bot is for",
  failed: "The bot did not understand",
  upset: "Upset",
  urgent: "Urgent",
  limit: "Long conversation",
  qualified: "Interested",
  "call-back": "Wants a call back",
  support: "Has a problem",
};

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  answered: "Answered",
  lead: "New interest",
  "call-back": "Call back",
  "no-reply": "No reply",
  spam: "Spam",
};
