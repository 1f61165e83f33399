import type { PlaybookRules } from "../../entities/playbook.ts";
import { stemsOfText } from "../text/stems.ts";
import type { Utterance } from "../utterance.ts";
import { candidateOf, type Candidate } from "./candidate.ts";
import type { CompiledPlaybook } from "./compile-playbook.ts";

/** How alike in meaning something that was said is to each example of a playbook, -1 to 1. */
export type Alike = ReadonlyMap<string, number>;

/** By the id of the utterance; of those that nobody was asked about, or had no answer for, there is nothing. */
export type AlikeByUtterance = ReadonlyMap<string, Alike>;

export const nothingAlike: AlikeByUtterance = new Map();

/** Every example of a playbook once, in a fixed order: whoever compares answers in it. */
export function examplesOf({ items, cards }: Pick<PlaybookRules, "items" | "cards">): string[] {
  const triggers = [...items, ...cards].flatMap((entry) => entry.triggers);
  return [...new Set(triggers.flatMap((trigger) => (trigger.kind === "meaning" ? trigger.examples : [])))];
}

const fewestWords = 3;
/** Of scripts that put no spaces between words, which are cut into few and long ones. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const fewestSigns = 5;

/** What was said for good where the playbook listens, and not "yes" or "mm-hm": that means something by what it answers. */
export function isCompared(
  { meanings }: Pick<CompiledPlaybook, "meanings">,
  { speaker, final, text }: Pick<Utterance, "speaker" | "final" | "text">,
): boolean {
  return meanings[speaker].length > 0 && final && saysSomething(text);
}

function saysSomething(text: string): boolean {
  return stemsOfText(text).length >= fewestWords || (text.match(unspaced)?.length ?? 0) >= fewestSigns;
}

/** What fires because of an utterance as a whole, now that it is known what it is alike to. */
export function findMeanings(
  { meanings }: CompiledPlaybook,
  { speaker, text, startMs, endMs }: Utterance,
  alike: Alike,
): Candidate[] {
  const what = { fromMs: startMs, atMs: endMs, phrase: text.slice(0, longestQuote), speaker };
  return meanings[speaker].flatMap((rule) => {
    const likeness = rule.examples.map((example) => alike.get(example) ?? -1);
    const closest = Math.max(...likeness);
    return closest >= rule.likeness ? candidateOf(rule, { ...what, of: likeness.indexOf(closest) }) : [];
  });
}

const longestQuote = 200;
