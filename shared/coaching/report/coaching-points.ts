import type { CallReport } from "../../entities/insight.ts";
import { goalOf, type Goal } from "../goals.ts";
import type { MetricName } from "../metrics/catalogue.ts";
import { msPerMinute } from "../metrics/tally.ts";
import { figureRules, type FigureRule } from "./figure-rules.ts";
import type { Findings } from "./findings.ts";
import { longestStretchMs } from "./where.ts";
import { count, lengthOf, list, quote, sentence } from "./wording.ts";

/** Something to praise or to practise; `weight` = how far from the goal, 1 = as far as its slack. */
type Point = { good: boolean; weight: number; text: string; advice: string; atMs: number | null };

/** At most three of each, the weightiest first. Nothing is said where nothing stands out. */
export function findPoints(found: Findings): Pick<CallReport, "strengths" | "improvements"> {
  const isWhole = found.stoppedMs === null;
  const points = [
    ...pointsOfObjections(found),
    ...pointsOfItems(found),
    ...(isWhole && isLongEnough(found) ? pointsOfFigures(found) : []),
    ...(isWhole ? pointsOfConduct(found) : []),
  ].toSorted((a, b) => b.weight - a.weight);
  const of = (good: boolean) => points.filter((point) => point.good === good).slice(0, 3);
  return {
    strengths: of(true).map(({ text, atMs }) => ({ text: sentence(text), atMs })),
    improvements: of(false).map(({ text, advice, atMs }) => ({ text: sentence(text), advice: sentence(advice), atMs })), // prettier-ignore
  };
}

function praise(weight: number, text: string, atMs: number | null = null): Point {
  return { good: true, weight, text, advice: "", atMs };
}

function practise(weight: number, text: string, advice: string, atMs: number | null = null): Point {
  return { good: false, weight, text, advice, atMs };
}

/** Shorter calls, and agents who hardly speak, give no figures to coach by. */
const leastCallMs = 45_000;
const leastAgentMs = 10_000;

function isLongEnough({ metrics: { durationMs = 0, agentMs = 0, customerMs = 0 } }: Findings): boolean {
  return durationMs >= leastCallMs && agentMs >= leastAgentMs && customerMs > 0;
}

function pointsOfFigures(found: Findings): Point[] {
  return figureRules.flatMap((rule) => {
    const value = found.metrics[rule.metric];
    return value === undefined ? [] : judge(rule, value, found);
  });
}

function judge(rule: FigureRule, value: number, found: Findings): Point[] {
  const goal = scorecardGoal(rule.metric, found) ?? rule.goal;
  const [tooLow, tooHigh] = [(goal.from ?? value) - value, value - (goal.to ?? value)];
  if (tooLow <= 0 && tooHigh <= 0) {
    const text = rule.within?.(value, found) ?? null;
    return text === null ? [] : [praise(0.5 + room(value, goal) / 2, text)];
  }
  const words = (tooHigh > 0 ? rule.over : rule.under)?.(value, found);
  if (words === undefined) return [];
  const atMs = rule.atMs?.(found, tooHigh > 0) ?? null;
  return [practise(Math.max(tooLow, tooHigh) / rule.slack, words.text, words.advice, atMs)];
}

/** What a tenant scores by is what it coaches by. */
function scorecardGoal(metric: MetricName, { scorecard }: Findings): Goal | null {
  const isScored = scorecard?.criteria.some(({ by }) => by.kind === "metric" && by.metric === metric);
  return isScored === true ? goalOf(metric, scorecard) : null;
}

/** How far below its limit a figure is, as a share of the limit. */
function room(value: number, { to }: Goal): number {
  return to === null || to === 0 ? 0 : Math.max(0, Math.min(1, (to - value) / to));
}

/** From so much of the checklist on, doing it is praised. */
const mostItems = 0.6;

function pointsOfItems({ played: { items }, playbook }: Findings): Point[] {
  if (items.length === 0) return [];
  const missed = items.filter(({ atMs }) => atMs === null);
  if (missed.length === 0) return [praise(1.2, `You covered all ${items.length} points of the playbook`)];
  const share = 1 - missed.length / items.length;
  const done = `You covered ${items.length - missed.length || "none"} of the ${items.length} points of the playbook`;
  const labels = list(missed.slice(0, 3).map(({ label }) => `“${label}”`));
  const text = missed.length > 3 ? `${done}; among the rest: ${labels}` : `You left out ${labels}`;
  const hint = playbook?.items.find(({ key }) => key === missed[0]?.key)?.hint ?? "";
  const advice = hint === "" ? "Look at the checklist before you sum up" : `Say it in so many words: ${quote(hint)}`; // prettier-ignore
  return [...(share >= mostItems ? [praise(share, done)] : []), practise((1 - share) * 2, text, advice)];
}

function pointsOfObjections({ objections }: Findings): Point[] {
  const [first] = objections;
  if (first === undefined) return [];
  const open = objections.find(({ answered }) => !answered);
  if (open === undefined) {
    const about = list([...new Set(objections.map((one) => one.about))]);
    return [praise(1.1, `You took up ${count(objections.length, "objection")}: ${about}`, first.atMs)];
  }
  const advice = open.lines[0] ?? "Say it back in your own words, ask what lies behind it, then answer";
  return [practise(1.5, `No answer was heard to “${open.about}”`, advice, open.atMs)];
}

/** What comes of it, what was asked, who was let talk: of calls that are more than an errand. */
function pointsOfConduct(found: Findings): Point[] {
  const { durationMs = 0, customerMs = 0 } = found.metrics;
  if (durationMs < 2 * msPerMinute || customerMs === 0) return [];
  return [...pointsOfNextStep(found), ...pointsOfQuestions(found), ...pointsOfStories(found)];
}

function pointsOfNextStep({ actions, appointment, call }: Findings): Point[] {
  const dated = actions.find(({ dueInDays }) => dueInDays !== null)?.atMs ?? appointment?.startMs;
  if (dated !== undefined) return [praise(0.9, "You agreed what comes next, with a day to it", dated)];
  if (actions.length > 0 || call.direction === "inbound") return [];
  const advice = "Before you say goodbye, name a day: “Shall we talk on Thursday at ten?”";
  return [practise(0.8, "No next step was agreed", advice)];
}

/** Questions a minute that are many, and few. */
const [manyAMinute, fewAMinute] = [0.5, 0.25];

function pointsOfQuestions({ metrics: { durationMs = 0, questionsAsked = 0 }, customer }: Findings): Point[] {
  const perMinute = questionsAsked / (durationMs / msPerMinute);
  const asked = `You asked ${count(questionsAsked, "question")}`;
  if (perMinute >= manyAMinute) return [praise(0.7, asked)];
  if (perMinute >= fewAMinute) return [];
  const advice = `Begin questions with “how” and “what”, and let ${customer} finish`;
  return [practise(0.9, `${asked} in ${lengthOf(durationMs)}`, advice)];
}

const storyMs = 30_000;

function pointsOfStories({ metrics: { longestCustomerMs = 0 }, events, customer }: Findings): Point[] {
  if (longestCustomerMs < storyMs) return [];
  const text = `You let ${customer} talk for ${lengthOf(longestCustomerMs)} at a stretch`;
  return [praise(0.8, text, longestStretchMs(events, "customer"))];
}
