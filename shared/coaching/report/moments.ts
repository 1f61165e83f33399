import { clock } from "../../time/clock.ts";
import type { Moment } from "../../entities/insight.ts";
import { isThanks } from "./thanks.ts";
import type { Findings } from "./findings.ts";
import { capitalise, lengthOf, quote } from "./wording.ts";
import { moodOf } from "../text/mood.ts";
import { countQuestions } from "../text/questions.ts";

const mostMoments = 60;
/** From here on a stretch of the agent's is worth hearing, as a bad example; one of the customer's, as a good one. */
const longMs = 45_000;
const storyMs = 30_000;
/** An utterance whose words weigh so much is worth hearing. */
const strongMood = 0.5;

/** Points of the call worth hearing, in order; where there are too many, what comes first here stays. */
export function findMoments(found: Findings): Moment[] {
  const all = [
    ...items(found),
    ...objections(found),
    ...monologues(found),
    ...stories(found),
    ...moods(found),
    ...interruptions(found),
    ...deadAir(found),
    ...cards(found),
  ];
  return all
    .slice(0, mostMoments)
    .map((moment) => ({ ...moment, text: capitalise(moment.text) }))
    .sort((a, b) => a.atMs - b.atMs || a.endMs - b.endMs);
}

function objections({ objections: raised }: Findings): Moment[] {
  return raised.map(({ text, atMs, answered }) => ({
    kind: "objection",
    good: answered,
    atMs,
    endMs: atMs,
    text,
  }));
}

function monologues({ events, agent }: Findings): Moment[] {
  return events.stretches
    .filter(({ speaker, atMs, endMs }) => speaker === "agent" && endMs - atMs >= longMs)
    .map(({ atMs, endMs }) => ({ kind: "monologue", good: false, atMs, endMs, text: `${agent} talked for ${lengthOf(endMs - atMs)}` })); // prettier-ignore
}

function interruptions({ events, agent, customer }: Findings): Moment[] {
  return events.interruptions.map(({ by, atMs, endMs }) => ({
    kind: "interruption",
    good: false,
    atMs,
    endMs,
    text: by === "agent" ? `${agent} began before ${customer} had ended` : `${customer} cut in on ${agent}`,
  }));
}

function deadAir({ events }: Findings): Moment[] {
  return events.deadAir.map(({ atMs, endMs }) => ({ kind: "dead-air", good: false, atMs, endMs, text: `Nobody spoke for ${lengthOf(endMs - atMs)}` })); // prettier-ignore
}

function items({ played }: Findings): Moment[] {
  return played.items.flatMap(({ label, atMs }): Moment[] =>
    atMs === null ? [] : [{ kind: "item", good: true, atMs, endMs: atMs, text: label }],
  );
}

function cards({ played }: Findings): Moment[] {
  return played.cards.map(({ title, phrase, atMs }) => ({
    kind: "card",
    good: true,
    atMs,
    endMs: atMs,
    text: phrase === "" ? title : `${title}: ${quote(phrase)}`,
  }));
}

function moods({ sentences }: Findings): Moment[] {
  return sentences
    .filter(({ speaker }) => speaker === "customer")
    .map((sentence) => ({ ...sentence, mood: moodOf(sentence.text) }))
    .filter(({ mood, text }) => Math.abs(mood) >= strongMood || isThanks(text))
    .map(({ mood, text, startMs, endMs }) => ({
      kind: mood < 0 ? "mood" : "praise",
      good: mood >= 0,
      atMs: startMs,
      endMs,
      text: quote(text),
    }));
}

/** A question of the agent's that got the customer talking. */
function stories({ events, sentences, customer }: Findings): Moment[] {
  const told = events.stretches.filter(
    ({ speaker, atMs, endMs }) => speaker === "customer" && endMs - atMs >= storyMs,
  );
  return told.flatMap(({ atMs, endMs }): Moment[] => {
    const before = sentences.findLast(({ speaker, startMs }) => speaker === "agent" && startMs < atMs);
    if (before === undefined || countQuestions(before.text) === 0) return [];
    const text = `${quote(before.text, 120)}: ${customer} talked for ${lengthOf(endMs - atMs)}, from ${clock(atMs)} on`;
    return [{ kind: "question", good: true, atMs: before.startMs, endMs, text }];
  });
}
