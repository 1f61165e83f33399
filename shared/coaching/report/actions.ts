import type { CallReport } from "../../entities/insight.ts";
import { findDueDays, type CallDay } from "./due.ts";
import type { Sentence } from "./sentences.ts";
import { sentence, shorten } from "./wording.ts";

export type Action = CallReport["actions"][number] & { by: "agent" | "customer" };

/**
 * What people promised each other, as things to do: "I'll send you the offer by Friday" becomes "Send them the offer
 * by Friday", due on that day. English. What is done at once, in the call ("I'll check that for you now"), is none.
 * @param customer how they are to be called
 */
export function findActions(sentences: readonly Sentence[], day: CallDay, customer: string): Action[] {
  const actions: Action[] = [];
  for (const said of sentences) {
    for (const promised of promisesIn(said, day, customer)) {
      if (actions.length === most) return actions;
      if (!actions.some(({ text }) => isLike(text, promised.text))) actions.push(promised);
    }
  }
  return actions;
}

/** In characters; what is longer has lost its way. */
const longestPromise = 300;
/** As many as a report holds. */
const most = 12;

const who = String.raw`\b(?:i|we)`;
const promise = new RegExp(
  String.raw`${who}(?:['’]ll| will| shall| am going to|['’]m going to|['’]re going to| are going to|['’]m gonna| can) (?:also |just |then |definitely |certainly |personally |be sure to |make sure to |try to |go ahead and |get back to you and )*`,
  "giu",
);
const letMe = /\b(?:let me|let us|let's) (?:also |just |then )*/giu;
const lasting = `send|e-?mail|mail|text|message|call|ring|phone|follow up|get back|come back to|forward|schedule|book|arrange|set up|
  prepare|draft|write|share|ship|order|refund|escalate|pass|submit|file|credit|cancel|renew|return|bring|sign|pay|
  transfer the|wire|confirm|reach out|contact|invite|put together|put in|drop|post|reserve|talk to|speak to|speak with|
  ask (?:my|our|the|him|her|them)|find out|look into|check with`;
const verbs = new RegExp(String.raw`^(?:${lasting.replaceAll(/\s*\n\s*/gu, "")})\b`, "iu");
const atOnce = /\b(?:right now|now|one moment|a moment|just a (?:moment|second|minute)|one second|bear with|hold on|on hold|a few (?:quick )?questions?|you (?:a|some|one) (?:quick )?questions?)\b/iu; // prettier-ignore
/** Where the promise is over, or turns into something else. */
const clauseEnd = /(?:[.!?;:…]|, (?:and|but|so|because)\b|,? (?:and|but|so|because|okay|ok|if that|is that|does that|would that|alright|all right) (?:i|we|you|then|that|is|does|okay)\b|,? (?:okay|ok|alright|all right|bye|goodbye|thank you|thanks)\b).*$/iu; // prettier-ignore

function promisesIn(said: Sentence, day: CallDay, customer: string): Action[] {
  const openings = [
    ...said.text.matchAll(promise),
    ...(said.speaker === "agent" ? said.text.matchAll(letMe) : []),
  ];
  return openings.flatMap((opening) => {
    const from = opening.index + opening[0].length;
    const rest = said.text.slice(from, from + longestPromise);
    if (!verbs.test(rest) || isQuestion(said.text, opening)) return [];
    const clause = rest.replace(clauseEnd, "").trim();
    const due = findDueDays(clause, day);
    if (!clause.includes(" ") || atOnce.test(clause) || isBare(opening[0], due)) return [];
    const text = word(clause, said.speaker, customer);
    return [{ key: keyOf(text), text, dueInDays: due, atMs: said.startMs, by: said.speaker }];
  });
}

/** "Can I call …" asks; "what I will send" tells. */
function isQuestion(text: string, { index }: RegExpExecArray): boolean {
  return /\b(?:can|could|shall|should|may|if|what|when|that|how|before|would)\s+$/iu.test(
    text.slice(Math.max(0, index - 20), index),
  );
}

/** "I can send you …" and "let me find out" are promises only with a day to them. */
function isBare(opening: string, due: number | null): boolean {
  return due === null && /\b(?:can|let me|let us|let['’]s) /iu.test(opening);
}

function word(clause: string, speaker: Sentence["speaker"], customer: string): string {
  if (speaker === "customer") return sentence(`${customer} promised to ${shorten(turnRound(clause), 200)}`);
  return sentence(shorten(aboutCustomer(clause, customer), 220));
}

/** Said to the customer; read by the agent. */
function aboutCustomer(clause: string, customer: string): string {
  return clause
    .replace(/\byou\b/iu, customer)
    .replaceAll(/\byou(?:['’](?:re|ve|ll|d))?\b/giu, "they")
    .replaceAll(/\byour\b/giu, "their")
    .replaceAll(/\byours\b/giu, "theirs");
}

/** Said to the agent. */
function turnRound(clause: string): string {
  return clause.replaceAll(/\bmy\b/giu, "their").replaceAll(/\bour\b/giu, "their");
}

function isLike(a: string, b: string): boolean {
  const [one, other] = [wordSet(a), wordSet(b)];
  const shared = [...one].filter((each) => other.has(each)).length;
  return shared / Math.max(1, Math.min(one.size, other.size)) > 0.75;
}

function wordSet(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/\p{L}{3,}/gu));
}

/** The same promise has the same key in every report of its call (FNV-1a, 32 bits). */
function keyOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, "0");
}
