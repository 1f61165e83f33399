import { mayBeCalled } from "../../leads/may-be-called.ts";
import { countOf } from "../../text/counts.ts";
import type { CallTouch, LeadHistory, Touch } from "./history.ts";

export type LeadLevel = "hot" | "warm" | "cold" | "nurture" | "inactive";
/** What the stage of a lead comes to. */
export type StageOutcome = "open" | "won" | "lost";
export type ChurnRisk = { risk: "low" | "middle" | "high"; why: string };
export type NextAction = { kind: "none" | "keep" | "call" | "write" | "rest"; words: string };

const dayMs = 86_400_000;
/** Scores from which a lead is hot, or warm; lists mark them by the same. */
export const [hotFrom, warmFrom] = [80, 55] as const;
/** Nothing from either side for so long: nobody works on it. */
const inactiveAfterDays = 120;
/** Not worth a call each week, but answering now and then. */
const nurtureAfterDays = 30;
/** Later nobody waits for it any more. */
const calledBackWithinDays = 7;

/** @param past what passed, nothing of it later than `nowMs` */
export function levelOf(score: number, past: readonly Touch[], nowMs: number): LeadLevel {
  if (score >= hotFrom) return "hot";
  if (score >= warmFrom) return "warm";
  const quiet = quietDays(past, nowMs);
  if (past.length > 0 && quiet > inactiveAfterDays) return "inactive";
  return past.some(isHeard) && quiet > nurtureAfterDays ? "nurture" : "cold";
}

/** Whether somebody who used to answer is about to stop: silence against their own usual pace. */
export function churnOf(past: readonly Touch[], nowMs: number): ChurnRisk {
  const heard = past.filter(isHeard).map(({ at }) => at);
  const [first, last] = [heard[0], heard.at(-1)];
  if (first === undefined || last === undefined || heard.length < 2)
    return { risk: "low", why: "Too little has passed to tell." };
  const usual = Math.max(2, (last - first) / dayMs / (heard.length - 1));
  const silent = (nowMs - last) / dayMs;
  const risk = silent > 4 * usual ? "high" : silent > 2 * usual ? "middle" : "low";
  return {
    risk,
    why: `Silent for ${countOf(Math.round(silent), "day")}; usually heard of every ${Math.round(usual)} days.`,
  };
}

/** One thing to do, in words that say when. @param outcome of their stage */
export function actionFor(
  { lead, touches }: LeadHistory,
  { level, churn, outcome }: { level: LeadLevel; churn: ChurnRisk; outcome: StageOutcome },
  nowMs: number,
): NextAction {
  const mayCall = mayBeCalled(lead);
  // Also of somebody who is won or lost: they want something.
  if (mayCall && hasReachedNobody(touches, nowMs))
    return { kind: "call", words: "Call them back: they called and reached nobody." };
  if (outcome !== "open") return { kind: "none", words: `They are ${outcome}.` };
  const planned = touches.some((touch) => touch.kind === "appointment" && touch.status === "planned" && touch.at > nowMs); // prettier-ignore
  if (planned) return { kind: "keep", words: "Prepare the appointment that is agreed." };
  if (!mayCall && lead.email === "") return { kind: "none", words: "Find out how to reach them." };
  if (level === "inactive") return { kind: "rest", words: "Leave them be, or write once more in a month." };
  if (!mayCall) return { kind: "write", words: `Write an e-mail: ${lead.doNotCall ? "they are not to be called" : "there is no number to call"}.` }; // prettier-ignore
  if (level === "hot") return { kind: "call", words: "Call today and agree on a date." };
  if (churn.risk === "high")
    return { kind: "call", words: "Call before they are lost: they used to answer." };
  if (level === "warm") return { kind: "call", words: "Call this week." };
  if (touches.length === 0) return { kind: "call", words: "Call for the first time." };
  return lead.email === ""
    ? { kind: "call", words: "Try again at another time of day." }
    : { kind: "write", words: "Write instead of calling: a message may find them." };
}

/** They called within the last days, nobody answered, and nobody has talked to them since. */
function hasReachedNobody(touches: readonly Touch[], nowMs: number): boolean {
  const calls = touches.filter(({ kind, at }) => kind === "call" && at <= nowMs && at > nowMs - calledBackWithinDays * dayMs) as readonly CallTouch[]; // prettier-ignore
  const missed = calls.findLast(({ inbound, answered }) => inbound && !answered);
  return missed !== undefined && !calls.some(({ answered, at }) => answered && at >= missed.at);
}

function quietDays(past: readonly Touch[], nowMs: number): number {
  return past.length === 0 ? 0 : (nowMs - Math.max(...past.map(({ at }) => at))) / dayMs;
}

/** Whether something came from the lead, or was taken by it. */
export function isHeard(touch: Touch): boolean {
  if (touch.kind === "call") return touch.inbound || touch.answered;
  return touch.kind === "message" ? touch.inbound || touch.opened : touch.status === "done";
}
