import type { Deal } from "../../entities/deal.ts";
import { mayBeCalled } from "../../leads/may-be-called.ts";
import { countOf } from "../../text/counts.ts";
import { dayOf } from "../../time/zone.ts";
import { lastContactOf, outcomeOf, todayOf, type LeadStory } from "../story.ts";
import { calendarDay, daysBetween } from "../writing/words.ts";
import type { DealInsight, Step } from "./insight.ts";

/** What speaks for a deal or against it. `points` in hundredths of a unit of log-odds; 69 halves or doubles the odds. */
type Sign = { points: number; text: string; risk?: string; step?: Step };

const mostSteps = 3;
const mostRisks = 4;
const longestReasoning = 2_000;
const longestLine = 500;

/**
 * Where a deal stands by what is known of it, without a model. The stage gives the odds to begin with; what was done
 * lately, what is planned, the time it takes and the sum move them. The weights are judgement, not learned; each sign
 * that counted is said, so that whoever knows better can tell.
 */
export function dealInsightByRules(deal: Deal, story: LeadStory): DealInsight {
  const outcome = outcomeOf(deal, story);
  if (outcome !== "open") return closed(outcome);
  const start = stageSign(deal, story);
  const signs = [
    lastContact(story),
    planned(story),
    closeDate(deal, story),
    age(deal, story),
    sum(deal, story),
    mood(story),
    objections(story),
    score(story),
  ].filter((sign) => sign !== null);
  const logOdds = [start, ...signs].reduce((total, { points }) => total + points, 0) / 100;
  return {
    probability: Math.min(98, Math.max(2, Math.round(100 / (1 + Math.exp(-logOdds))))),
    reasoning: reasoningOf(start, signs).slice(0, longestReasoning),
    steps: stepsOf(signs, deal),
    risks: [...signs]
      .sort((a, b) => a.points - b.points)
      .flatMap(({ risk }) => risk ?? [])
      .slice(0, mostRisks),
  };
}

function closed(outcome: "won" | "lost"): DealInsight {
  return {
    probability: outcome === "won" ? 100 : 0,
    reasoning: outcome === "won" ? "The deal is won." : "The deal is lost.",
    steps: [],
    risks: [],
  };
}

/** From 20 % in the first stage to 75 % in the last one that is open. */
function stageSign(deal: Deal, { stages }: LeadStory): Sign {
  const open = stages.filter(({ pipeline, outcome }) => pipeline === "deals" && outcome === "open");
  const at = open.findIndex(({ key }) => key === deal.stage);
  const share = at === -1 || open.length < 2 ? 0 : at / (open.length - 1);
  const chance = 0.2 + share * 0.55;
  const label = open[at]?.label ?? deal.stage;
  return { points: 100 * Math.log(chance / (1 - chance)), text: `it stands at ${label}` };
}

function lastContact(story: LeadStory): Sign {
  const last = lastContactOf(story);
  if (last === null) {
    const step = { text: reach(story, " for the first time"), dueInDays: 0 };
    return { points: -60, text: "nobody has spoken with them yet", risk: "No contact so far.", step };
  }
  const days = daysSince(last, story);
  if (days <= 3) return { points: 40, text: `you were in touch ${daysWords(Math.max(0, days))}` };
  if (days <= 14) return { points: 10, text: `you were in touch ${daysWords(days)}` };
  // The day, not how many: tomorrow it is the same step.
  const since = calendarDay(dayOf(Date.parse(last), story.timeZone));
  const step = { text: reach(story, `: silent since ${since}`), dueInDays: 0 };
  const risk = `No contact for ${days} days.`;
  return { points: days > 45 ? -110 : -50, text: `there was no contact for ${days} days`, risk, step };
}

/** By the way that there is: who must not be called is written to. */
function reach({ lead }: LeadStory, why: string): string {
  if (mayBeCalled(lead)) return `Call ${lead.name}${why}`;
  const cannotWrite = [lead.email, lead.phone, lead.phoneSecond].every((way) => way === "");
  return cannotWrite ? `Find out how to reach ${lead.name}` : `Write to ${lead.name}${why}`;
}

function planned(story: LeadStory): Sign {
  const [appointment] = story.appointments;
  if (appointment) return { points: 45, text: `“${appointment.title}” is planned` };
  const due = story.tasks.find(({ dueAt }) => dueAt !== null);
  if (!due?.dueAt) {
    const step = { text: `Agree on a date for the next step with ${story.lead.name}`, dueInDays: 1 };
    return { points: -45, text: "nothing is planned next", risk: "No next step has a date.", step };
  }
  const late = daysSince(due.dueAt, story);
  if (late <= 0) return { points: 20, text: `“${due.title}” is planned` };
  // No step: what is late is a task already.
  return {
    points: -30,
    text: `“${due.title}” is ${countOf(late, "day")} late`,
    risk: "A promised step is late.",
  };
}

function closeDate(deal: Deal, story: LeadStory): Sign {
  if (deal.expectedCloseOn === null) {
    const step = { text: "Ask when they want to decide", dueInDays: 2 };
    return { points: -20, text: "no closing date is set", step };
  }
  const days = daysBetween(todayOf(story), deal.expectedCloseOn);
  if (days >= 0) return { points: days <= 30 ? 20 : 0, text: `it is to close ${daysWords(-days)}` };
  const step = { text: "Set a new closing date with them", dueInDays: 1 };
  const risk = `The closing date passed ${daysWords(-days)}.`;
  return { points: days < -30 ? -90 : -50, text: "its closing date has passed", risk, step };
}

function age(deal: Deal, story: LeadStory): Sign | null {
  const days = daysSince(deal.createdAt, story);
  if (days <= 90) return null;
  const risk = `Open for ${days} days: longer than most that close.`;
  return { points: days > 180 ? -60 : -30, text: `it has been open for ${days} days`, risk };
}

/** Against the budget that the person named, where the tenant keeps one, in the tenant's currency as it names none. */
function sum(deal: Deal, { lead, currency }: LeadStory): Sign | null {
  if (deal.value === null) {
    const step = { text: "Name a sum and send it in writing", dueInDays: 2 };
    return { points: -25, text: "no sum was named", risk: "Nobody has named a sum yet.", step };
  }
  const budget = lead.custom["budget"];
  if (deal.currency !== currency) return null;
  if (typeof budget !== "number" || budget <= 0 || deal.value <= budget * 1.1) return null;
  const over = Math.round((deal.value / budget - 1) * 100);
  const step = { text: "Offer a smaller option within their budget", dueInDays: 2 };
  return { points: -50, text: `it is ${over} % over their budget`, risk: `${over} % over budget.`, step };
}

function mood({ reports }: LeadStory): Sign | null {
  const sentiment = reports[0]?.sentiment ?? "";
  if (sentiment === "positive" || sentiment === "very-positive")
    return { points: 30, text: "the last call ended well" };
  if (sentiment !== "negative" && sentiment !== "very-negative") return null;
  return {
    points: -45,
    text: "the last call ended badly",
    risk: "The customer was unhappy in the last call.",
  };
}

function objections({ reports }: LeadStory): Sign | null {
  const open = (reports[0]?.objections ?? []).filter(({ answered }) => !answered);
  const [first] = open;
  if (!first) return null;
  const step = { text: `Answer the objection: ${first.text}`, dueInDays: 1 };
  const risk = `Open objection: ${first.text}`.slice(0, longestLine);
  return { points: Math.max(-50, -25 * open.length), text: "an objection was left open", risk, step };
}

function score({ lead }: LeadStory): Sign | null {
  if (lead.score === null || Math.abs(lead.score - 50) < 15) return null;
  const word = lead.score > 50 ? "high" : "low";
  return { points: (lead.score - 50) * 1.2, text: `their score is ${word} (${lead.score})` };
}

function reasoningOf(start: Sign, signs: readonly Sign[]): string {
  const byWeight = signs.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const told = (of: readonly Sign[]) => joined(of.slice(0, 3).map(({ text }) => text));
  const good = told(byWeight.filter(({ points }) => points > 0));
  const bad = told(byWeight.filter(({ points }) => points < 0));
  const sentences = [`It begins from the stage: ${start.text}.`];
  if (good !== "") sentences.push(`For it: ${good}.`);
  if (bad !== "") sentences.push(`Against it: ${bad}.`);
  return sentences.join(" ");
}

/** What hurts most is put right first; where nothing does, the deal is taken a stage further. */
function stepsOf(signs: readonly Sign[], deal: Deal): Step[] {
  const mending = signs
    .filter(({ step }) => step)
    .sort((a, b) => a.points - b.points)
    .flatMap(({ step }) => step ?? []);
  const onward: Step = {
    text: `Agree with them what “${deal.name}” still needs`.slice(0, 500),
    dueInDays: 3,
  };
  return [...mending, onward]
    .slice(0, mostSteps)
    .map(({ text, dueInDays }) => ({ text: text.slice(0, longestLine), dueInDays }));
}

function joined(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function daysSince(at: string, story: LeadStory): number {
  return daysBetween(dayOf(Date.parse(at), story.timeZone), todayOf(story));
}

/** Of so many days ago; negative = ahead. */
function daysWords(days: number): string {
  if (days === 0) return "today";
  if (days < 0) return days === -1 ? "tomorrow" : `in ${-days} days`;
  return days === 1 ? "yesterday" : `${days} days ago`;
}
