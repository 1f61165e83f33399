import { emotionsOf } from "../sentiment/emotions.ts";
import { rateText } from "../sentiment/sentiment.ts";
import { urgencyOf } from "../sentiment/urgency.ts";
import type { Bot } from "./bot.ts";
import type { Conversation, HandOffReason, Slot } from "./conversation.ts";
import { splitMark } from "./mark.ts";
import { isQuestion, readTold, toldNothing, type Told } from "./told.ts";
import { handOffWords, missedWords, slotWords, thanksWords } from "./words.ts";

/** What the bot says, and whether a person takes over after it. */
export type Reply = { text: string; asks: Slot | null; missed: boolean; handOff: HandOffReason | null };

export type ReplyPlan =
  /** The visitor's words are somebody else's to answer. */
  { do: "nothing" } | { do: "reply"; reply: Reply } | { do: "answer" };

type Setting = {
  bot: Pick<Bot, "purposes" | "mostAnswers">;
  /** Whether people are there to take over. */ open: boolean;
};

/** What comes of a visitor's words before anybody is asked for an answer. @param conversation with the words in it */
export function planReply(
  conversation: Conversation,
  said: string,
  setting: Setting & {
    /** Off, the bot hands over what it still holds. */
    answers: boolean;
  },
): ReplyPlan {
  const { phase } = conversation;
  if (phase.name === "waiting" && !setting.open && tellsContact(said))
    return { do: "reply", reply: say(thanksWords) };
  if (phase.name !== "bot") return { do: "nothing" };
  const limit = isLong(conversation, setting) ? "limit" : null;
  const why = wantsPerson(said) ?? (setting.answers ? limit : "outside");
  if (why) return { do: "reply", reply: handOff(why, "", conversation, setting) };
  if (conversation.asks === null || isQuestion(said)) return { do: "answer" };
  return { do: "reply", reply: afterSlot(conversation.asks, conversation, setting) };
}

function tellsContact(said: string): boolean {
  return hasContact(readTold(toldNothing, said, null));
}

/** Whoever is about to say what was asked of them is not cut off. */
function isLong({ answers, asks }: Conversation, { bot }: Setting): boolean {
  return asks === null && answers >= bot.mostAnswers;
}

/** What the bot says when somebody has answered, the rules or a model. @param answer with its mark, as it came */
export function replyWith(answer: string, conversation: Conversation, setting: Setting): Reply {
  const { text, mark } = splitMark(answer);
  const { purposes } = setting.bot;
  const { told, misses } = conversation;
  switch (mark) {
    case "person":
      return handOff("asked", text, conversation, setting);
    case "unsure":
    case "outside":
      return handOff(mark, text, conversation, setting);
    case "unclear":
      return misses > 0
        ? handOff("failed", text, conversation, setting)
        : say(text || missedWords, conversation.asks, true);
    case "call-back":
      if (!purposes.includes("call-back")) return handOff("outside", text, conversation, setting);
      return ask(text, told.phone === "" ? "phone" : "when");
    case "support":
      if (!purposes.includes("support")) return handOff("outside", text, conversation, setting);
      return ask(text, "trouble");
    case "interested":
      if (!purposes.includes("qualification"))
        return text === "" ? handOff("outside", "", conversation, setting) : say(text);
      return nextOf(text, conversation, setting);
    case null:
      if (text === "") return handOff("unsure", "", conversation, setting);
      // Somebody asked in the middle of being asked: what was wanted of them is still wanted.
      return conversation.asks === null ? say(text) : ask(text, conversation.asks);
  }
}

const person = /\b(?:(?:speak|talk|chat|connect me|put me through|transfer me)\b.{0,30}\b(?:person|human|someone|somebody|agent|representative|operator|manager|colleague|advisor)|real (?:person|human)|human (?:agent|being|please)|live (?:agent|person|chat)|(?:mit )?einem menschen|une personne|un humain|una persona|un humano|persona reale)\b|^\W*(?:human|agent|person|operator|representative)\W*$/iu; // prettier-ignore
/** "Today" alone is when somebody asks about, not how soon they need an answer. */
const notPressing: ReadonlySet<string> = new Set(["today", "right now"]);
/** Asked for, or better looked after by a person. Sentiment and urgency are read in English alone (shared/sentiment). */
function wantsPerson(said: string): HandOffReason | null {
  if (person.test(said)) return "asked";
  if (isUpset(said)) return "upset";
  const { level, because } = urgencyOf(said);
  return level === "high" && because.some((words) => !notPressing.has(words)) ? "urgent" : null;
}

/**
 * Cross with us, and not merely telling of something bad: "The heating is broken" and "Is smoking bad?" are rated very
 * negative, too. So it takes anger besides, or that it is said to our face.
 */
function isUpset(said: string): boolean {
  const { sentiment } = rateText(said);
  if (sentiment !== "negative" && sentiment !== "very-negative") return false;
  if (emotionsOf(said).some(({ emotion }) => emotion === "anger")) return true;
  return sentiment === "very-negative" && !isQuestion(said) && /\byour?\b|!{2,}/iu.test(said);
}

function afterSlot(asked: Slot, conversation: Conversation, setting: Setting): Reply {
  const { told, misses } = conversation;
  if ((asked === "contact" && !hasContact(told)) || (asked === "phone" && told.phone === ""))
    return misses > 0 ? handOff("failed", "", conversation, setting) : { ...ask("", asked), missed: true };
  if (asked === "phone")
    return told.when === "" ? ask("", "when") : handOff("call-back", "", conversation, setting);
  if (asked === "when") return handOff("call-back", "", conversation, setting);
  if (asked === "trouble") return handOff("support", "", conversation, setting);
  return nextOf("", conversation, setting);
}

function hasContact({ email, phone }: Told): boolean {
  return email !== "" || phone !== "";
}

/** What is still to be asked of somebody who is interested; then a person has all they need. */
function nextOf(text: string, conversation: Conversation, setting: Setting): Reply {
  const { told } = conversation;
  if (told.need === "") return ask(text, "need");
  if (told.name === "") return ask(text, "name");
  if (!hasContact(told)) return ask(text, "contact");
  return handOff("qualified", text, conversation, setting);
}

function say(text: string, asks: Slot | null = null, missed = false): Reply {
  return { text, asks, missed, handOff: null };
}

function ask(text: string, slot: Slot): Reply {
  return say([text, slotWords[slot]].filter((part) => part !== "").join("\n\n"), slot);
}

function handOff(why: HandOffReason, text: string, { told }: Conversation, { open }: Setting): Reply {
  return {
    text: handOffWords(why, text, { open, hasContact: hasContact(told) }),
    asks: null,
    missed: false,
    handOff: why,
  };
}
