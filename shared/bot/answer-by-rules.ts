import type { Bot, Known } from "./bot.ts";
import { joinMark } from "./mark.ts";
import { rankKnown, wordsOf } from "./rank.ts";

export type Asked = {
  bot: Pick<Bot, "name" | "purposes">;
  /** All that it may say, listings among them. */
  knows: readonly Known[];
  said: string;
};

/** Less of a question than this is not answered by something that shares a word with it by chance. */
const leastCovered = 0.45;
/** A person reads it before it is sent. Chosen on the open part of docs/evaluation.md: the least that keeps a chance word out. */
const leastSuggested = 0.25;

const callBack = /\b(?:call(?: me)? back|callback|(?:can|could) (?:you|someone|somebody) (?:call|phone|ring)|(?:call|phone|ring) me|give me a (?:call|ring)|book a call|schedule a call)\b/iu; // prettier-ignore
const support = /\b(?:broken|not working|does(?:n't| not) work|complain(?:t|ing)?|problem|issue|leak(?:s|ing)?|error|refund|support)\b/iu; // prettier-ignore
const interested = /\b(?:i(?:'m| am)? (?:looking|searching)|interested in|i(?:'d| would) like to (?:buy|rent|view|see|visit|lease|order)|want to (?:buy|rent|view|see|visit|lease|order)|book a (?:tour|viewing|visit)|(?:arrange|schedule) a (?:tour|viewing|visit))\b/iu; // prettier-ignore
const greeting = /^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|hallo|bonjour|hola|ciao)\W*$/iu;
const thanks =
  /^\W*(?:thanks?|thank you(?: very much)?|great|perfect|ok(?:ay)?|bye|goodbye|cheers|that(?:'s| is) all)\W*$/iu;

/** The answer without a model: what the admins wrote, word for word, or that nothing of it fits. Never quotes the visitor. */
export function answerByRules({ bot: { name, purposes }, knows, said }: Asked): string {
  if (greeting.test(said)) return `Hello, this is ${name}. What can I do for you?`;
  if (thanks.test(said)) return "You are welcome. Ask whenever there is something else.";
  if (callBack.test(said)) return joinMark("", "call-back");
  const best = mayAnswer(purposes) ? rankKnown(knows, said)[0] : undefined;
  if (best && best.score >= leastCovered)
    return joinMark(best.known.text, interested.test(said) ? "interested" : null);
  if (interested.test(said)) return joinMark("", "interested");
  if (support.test(said)) return joinMark("", "support");
  return joinMark("", isClear(said) ? "unsure" : "unclear");
}

/** What a person who answers could say: the fitting thing that the bot knows; empty = nothing fits. */
export function suggestByRules(knows: readonly Known[], said: string): string {
  const best = rankKnown(knows, said)[0];
  return best && best.score >= leastSuggested ? best.known.text : "";
}

function mayAnswer(purposes: Bot["purposes"]): boolean {
  return purposes.includes("answers") || purposes.includes("listings");
}

/** Whether there is something in it that a person could answer. */
function isClear(said: string): boolean {
  return wordsOf(said).filter((word) => /[aeiouy\P{ASCII}]/u.test(word) && word.length > 1).length >= 2;
}
