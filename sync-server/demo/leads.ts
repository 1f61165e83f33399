import type { Instant } from "../../shared/entities/fields.ts";
import type { TeamId, UserId } from "../../shared/entities/id.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import { calendarAt, type Calendar } from "./calendar.ts";
import { demoTimeZone } from "./configuration.ts";
import { recordIdAt } from "./ids.ts";
import { ana, ben, mei, newBusiness, priya, tom } from "./people.ts";
import { drawPlace } from "./phones.ts";
import { rollDice, seedOf, type Dice } from "./random.ts";
import {
  areas,
  companyKinds,
  companyWords,
  decisionWords,
  parkingWords,
  sources,
  tagWords,
  titles,
} from "./words/companies.ts";
import { drawName } from "./words/draw-name.ts";
import { leadNotes } from "./words/notes.ts";
import { fillIn } from "./words/fill-in.ts";

/** Whose lead it is; nulls = nobody's yet. */
export type LeadOwner = { userId: UserId | null; teamId: TeamId | null };

export type LeadPlan = {
  seed: number;
  count: number;
  now?: Instant;
  /** With how many leads they have, relative to each other. */
  owners?: readonly (readonly [LeadOwner, number])[];
  /** Of the leads with a large budget, how many are hot as well. */
  hotShare?: number;
};

export const benchNow = "2026-11-18T19:21:00.000Z" as Instant;

/**
 * Leads alone, for tenants of any size: the same plan always gives the same leads, about 585 bytes of JSON each.
 * The first leads of a larger plan are those of a smaller one.
 */
export function generateLeads(plan: LeadPlan): Lead[] {
  const calendar = calendarAt(plan.now ?? benchNow, demoTimeZone);
  return Array.from({ length: plan.count }, (_, index) => {
    const dice = rollDice(seedOf(plan.seed, index));
    const owner = dice.weighted(plan.owners ?? benchOwners);
    return drawLead(dice, calendar, owner, plan.hotShare ?? 0.05);
  });
}

const benchOwners: readonly (readonly [LeadOwner, number])[] = [ana, ben, mei, tom, priya].map((userId) => [
  { userId, teamId: newBusiness },
  1,
]);

const stageWeights = [
  ["new", 18],
  ["contacted", 27],
  ["qualified", 18],
  ["tour", 10],
  ["offer", 6],
  ["won", 8],
  ["lost", 13],
] as const;
type StageKey = (typeof stageWeights)[number][0];

const scoreRanges: Record<StageKey, readonly [number, number]> = {
  new: [8, 58],
  contacted: [15, 62],
  qualified: [35, 76],
  tour: [45, 82],
  offer: [50, 86],
  won: [60, 95],
  lost: [0, 30],
};

function drawLead(dice: Dice, calendar: Calendar, owner: LeadOwner, hotShare: number): Lead {
  const { name, latin } = drawName(dice);
  const kind = dice.pick(companyKinds);
  const word = dice.pick(companyWords);
  const place = drawPlace(dice);
  const stage = owner.userId === null ? "new" : dice.weighted(stageWeights);
  const { createdAt, lastContactAt } = drawDates(dice, calendar, stage);
  const money = drawBudget(dice, stage, hotShare);
  return {
    id: recordIdAt(Date.parse(createdAt), dice),
    rev: 1,
    createdAt,
    updatedAt: lastContactAt ?? createdAt,
    kept: [],
    name,
    company: `${word} ${kind.suffix}`,
    title: dice.chance(0.75) ? dice.pick(titles) : "",
    phone: place.phone,
    phoneSecond: dice.chance(0.15) ? place.mobile : "",
    email: dice.chance(0.8) ? `${latin}@${word.toLowerCase()}.example` : "",
    city: place.city,
    // Empty = read off the number, which is right unless somebody said otherwise.
    timeZone: dice.chance(0.1) ? place.timeZone : "",
    stage,
    score: money.score,
    source: dice.chance(0.75) ? dice.pick(sources) : "",
    ownerId: owner.userId,
    teamId: owner.teamId,
    tags: dice.chance(0.2) ? dice.sample(tagWords, dice.int(1, 2)) : [],
    notes: drawNotes(dice, stage),
    lastContactAt,
    doNotCall: stage === "lost" && dice.chance(0.15),
    importId: null,
    custom: drawCustom(dice, calendar, stage, money.budget),
  };
}

/** Later stages take time; a lead that was called has been called within its life. */
function drawDates(
  dice: Dice,
  calendar: Calendar,
  stage: StageKey,
): { createdAt: Instant; lastContactAt: Instant | null } {
  const youngest = { new: 0, contacted: 2, qualified: 7, tour: 14, offer: 25, won: 45, lost: 20 }[stage];
  const age = youngest + 1 + Math.floor(dice.next() ** 2 * (stage === "new" ? 30 : 320));
  const createdAt = calendar.workdayAt(-age, `08:${String(dice.int(10, 59))}`);
  if (stage === "new") return { createdAt, lastContactAt: null };
  const quiet = Math.min(age - 1, 1 + Math.floor(dice.next() ** 3 * (stage === "lost" ? 250 : 75)));
  return { createdAt, lastContactAt: calendar.workdayAt(-quiet, officeTime(dice)) };
}

export function officeTime(dice: Dice): string {
  return `${String(dice.int(9, 17)).padStart(2, "0")}:${String(dice.int(0, 59)).padStart(2, "0")}`;
}

/** Most firms that want a large floor are not hot yet: the view of hot leads stays short. */
function drawBudget(dice: Dice, stage: StageKey, hotShare: number) {
  const [from, to] = scoreRanges[stage];
  const score = stage === "new" && dice.chance(0.4) ? null : dice.int(from, to);
  if (dice.chance(0.15)) return { budget: null, score };
  if (!dice.chance(0.16)) return { budget: dice.int(6, 50) * 5_000, score };
  const hot = dice.chance(hotShare) && stage !== "lost" && stage !== "new";
  const cooled = score === null ? null : Math.min(score, 54);
  return { budget: dice.int(52, 240) * 5_000, score: hot ? 55 : cooled };
}

function drawNotes(dice: Dice, stage: StageKey): string {
  if (stage === "new" && dice.chance(0.7)) return "";
  const lines = dice.sample(leadNotes, dice.weighted([[0, 14], [1, 4], [2, 1], [3, 0.4]])); // prettier-ignore
  return lines.map((line) => fillIn(line, dice)).join("\n");
}

function drawCustom(dice: Dice, calendar: Calendar, stage: StageKey, budget: number | null): Lead["custom"] {
  const early = stage === "new" || stage === "contacted";
  const known = (likely: number) => dice.chance(early ? likely / 4 : likely);
  return {
    ...(budget === null ? {} : { budget }),
    ...(dice.chance(0.4) ? { headcount: dice.int(4, 140) } : {}),
    ...(known(0.4) ? { move_in: firstOfMonth(calendar.day(dice.int(30, 420))) } : {}),
    ...(known(0.3) ? { lease_ends: calendar.day(dice.int(40, 600)) } : {}),
    ...(known(0.3) ? { preferred_area: dice.sample(areas, dice.int(1, 2)) } : {}),
    ...(known(0.2) ? { parking: dice.pick(parkingWords) } : {}),
    ...(known(0.2) ? { decision: dice.pick(decisionWords) } : {}),
  };
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 8)}01`;
}
