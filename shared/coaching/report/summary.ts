import { clock } from "../../time/clock.ts";
import { countQuestions } from "../text/questions.ts";
import type { Findings } from "./findings.ts";
import { count, lengthOf, list, percent, quote, sentence, shorten } from "./wording.ts";

/** What a colleague would say of the call in half a minute: short sentences, each of which the data show. */
export function summarise(found: Findings): string {
  const sentences = [opening(found), reason(found), share(found), raised(found), agreed(found), moodOf(found), stopped(found)]; // prettier-ignore
  return sentences
    .filter((one) => one !== "")
    .map(sentence)
    .join(" ");
}

/** Of a call in which nothing was heard. */
export function summariseSilence(call: Findings["call"], customer: string): string {
  return `${sentence(kind(call, customer))} No word of it was heard, so there is nothing more to say about it.`;
}

function opening({ call, customer }: Findings): string {
  return kind(call, customer);
}

function kind({ direction, durationMs, disposition }: Findings["call"], customer: string): string {
  const who = direction === "inbound" ? `${customer} called` : `A call to ${customer}`;
  const closed = disposition === "" ? "" : `, closed as “${shorten(disposition, 60)}”`;
  return direction === "inbound" ? `${who} and stayed for ${lengthOf(durationMs)}${closed}` : `${who} of ${lengthOf(durationMs)}${closed}`; // prettier-ignore
}

const wish = /\b(?:need|want|would like|['’]d like|looking for|calling (?:about|because|to|for)|call about|wondering|trying to|lost|problem|issue|help (?:me )?with|doesn['’]t work|not working|can you|could you)\b/iu; // prettier-ignore

/** Why they talk, in the customer's words: the first sentence with a wish in it, in the first third of the call. */
function reason({ sentences, customer, events }: Findings): string {
  const early = sentences.filter(({ speaker, startMs, words }) => speaker === "customer" && startMs <= Math.max(60_000, events.lastWordMs / 3) && words >= 6); // prettier-ignore
  const said = early.find(({ text }) => wish.test(text));
  return said === undefined ? "" : `${customer} said: ${quote(said.text, 200)}`;
}

function share({ metrics, agent, stoppedMs }: Findings): string {
  const { talkShareOfSpeech, questionsAsked = 0, customerMs = 0, agentMs = 0 } = metrics;
  if (talkShareOfSpeech === undefined || stoppedMs !== null) return "";
  if (customerMs === 0) return `Only ${agent} was heard`;
  if (agentMs === 0) return `${agent} was not heard`;
  return `${agent} did ${percent(talkShareOfSpeech)} of the talking and asked ${count(questionsAsked, "question")}`;
}

function raised({ objections }: Findings): string {
  if (objections.length === 0) return "";
  const about = list([...new Set(objections.map((one) => one.about))]);
  const open = objections.filter(({ answered }) => !answered).length;
  const answers =
    open === 0 ? "taken up" : open === objections.length ? "not taken up" : `${open} of them not taken up`;
  return `${count(objections.length, "objection")} came up (${about}), ${answers}`;
}

function agreed({ actions }: Findings): string {
  if (actions.length === 0) return "";
  const first = actions.slice(0, 3).map(({ text }) => text.replace(/[.…]+$/u, ""));
  return `Agreed: ${first.join("; ")}`;
}

function moodOf({ sentiment, customer }: Findings): string {
  const words = {
    "very-negative": "very cross",
    negative: "cross",
    positive: "glad",
    "very-positive": "very glad",
  };
  return sentiment === "" || sentiment === "neutral"
    ? ""
    : `By the words, ${customer} was ${words[sentiment]}`;
}

function stopped({ stoppedMs, call }: Findings): string {
  if (stoppedMs === null) return "";
  return `The transcript ends at ${clock(stoppedMs)}, ${lengthOf(call.durationMs - stoppedMs)} before the call did: what came after is not in this report`; // prettier-ignore
}

/** The one thing to do next. */
export function followUpOf({
  actions,
  appointment,
  objections,
  sentences,
  customer,
  sentiment,
}: Findings): string {
  const [next] = actions
    .filter(({ by }) => by === "agent")
    .toSorted((a, b) => (a.dueInDays ?? 99) - (b.dueInDays ?? 99));
  if (next !== undefined) return next.text;
  if (appointment !== null)
    return sentence(`Keep what was agreed at ${clock(appointment.startMs)}: ${quote(appointment.text)}`);
  const open = objections.findLast(({ answered }) => !answered);
  if (open !== undefined)
    return sentence(`Call ${customer} back about “${open.about}”: it was left without an answer`);
  const waiting = actions.find(({ by }) => by === "customer");
  if (waiting !== undefined) return sentence(`Check that it happens: ${waiting.text}`);
  if (sentiment.includes("negative")) return sentence(`Call ${customer} and ask whether it is settled`);
  const unanswered = lastQuestion(sentences);
  if (unanswered !== null) return sentence(`Answer what ${customer} asked last: ${quote(unanswered)}`);
  return "Nothing was promised, and nothing is left open.";
}

/** The last words of the call were a question of the customer's. */
function lastQuestion(sentences: Findings["sentences"]): string | null {
  const last = sentences.at(-1);
  return last?.speaker === "customer" && countQuestions(last.text) > 0 ? last.text : null;
}
