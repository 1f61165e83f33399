import type { Call } from "../../../shared/entities/call.ts";
import { accountsTeam } from "../people.ts";
import type { Dice } from "../random.ts";
import { callers } from "./callers.ts";

const talkWeeks = 8;
const tour = "tour-booked";
const weekMs = 7 * 86_400_000;
/** Calls of one agent, in one team and one week, of which there is a transcript. */
const aWeek = 5;
/** Shorter ones say nothing, longer ones are more than anybody listens to. */
const lengthMs = { least: 130_000, most: 330_000 };

/** There is less to talk about. */
const mostOfAccountsMs = 220_000;

export type DemoCall = Pick<Call, "id" | "agentId" | "teamId" | "disposition" | "startedAt" | "answeredAt" | "endedAt" | "direction">; // prettier-ignore

/** What was held just now is what whoever tries the demo opens first: it is told, however long it was. */
const justNowMs = 15 * 60_000;

/** Ids of the past calls that were transcribed, newest first: some of each agent's in each week, and those of just now. */
export function planTalks(calls: readonly DemoCall[], now: string, dice: Dice): Call["id"][] {
  const ofCallers = calls.filter(({ agentId }) => agentId !== null && agentId in callers);
  const justNow = ofCallers.filter((call) => isJustNow(call, now));
  const fitting = ofCallers.filter((call) => isTellable(call, now) && !isJustNow(call, now));
  const groups = Map.groupBy(
    fitting,
    (call) => `${call.agentId} ${call.teamId} ${weekOf(call.startedAt, now)}`,
  );
  const chosen = [...groups.values()].flatMap((group) => chooseFrom(group, now, dice));
  return [...justNow, ...chosen].toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1)).map(({ id }) => id);
}

/** 0 = the first of the weeks, counted to now. */
export function weekOf(startedAt: string, now: string): number {
  return talkWeeks - 1 - Math.floor((Date.parse(now) - Date.parse(startedAt)) / weekMs);
}

export function lengthOf({ answeredAt, endedAt }: Pick<DemoCall, "answeredAt" | "endedAt">): number {
  return answeredAt === null || endedAt === null ? 0 : Date.parse(endedAt) - Date.parse(answeredAt);
}

function isJustNow(call: DemoCall, now: string): boolean {
  const sinceMs = Date.parse(now) - Date.parse(call.endedAt ?? call.startedAt);
  return lengthOf(call) >= lengthMs.least && sinceMs < justNowMs;
}

/** What accounts talk about leads to no tour. */
function isTellable(call: DemoCall, now: string): boolean {
  const length = lengthOf(call);
  const isOfAccounts = call.teamId === accountsTeam;
  return (
    length >= lengthMs.least &&
    length <= (isOfAccounts ? mostOfAccountsMs : lengthMs.most) &&
    weekOf(call.startedAt, now) >= 0 &&
    !(isOfAccounts && (call.disposition === tour || call.disposition === "not-a-fit"))
  );
}

/** As many tours among them as this agent books, counted over the weeks. */
function chooseFrom(group: readonly DemoCall[], now: string, dice: Dice): DemoCall[] {
  const [first] = group;
  const share = aWeek * (callers[first?.agentId ?? ""]?.tours ?? 0);
  const week = first ? weekOf(first.startedAt, now) : 0;
  const wanted = Math.floor((week + 1) * share) - Math.floor(week * share);
  const booked = group.filter(({ disposition }) => disposition === tour);
  const others = group.filter(({ disposition }) => disposition !== tour);
  const some = dice.sample(booked, wanted);
  return [...some, ...dice.sample(others, aWeek - some.length)];
}
