import type { UserId } from "../../shared/entities/id.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import { toInstant, type Calendar } from "./calendar.ts";
import { recordIdAt } from "./ids.ts";
import { ana, ben, mei, newBusiness, priya, tom } from "./people.ts";
import { rollDice } from "./random.ts";

/** When something is due, seen from the moment the demo is made. */
export type Due =
  | { in: "minutes"; minutes: number }
  | { in: "days"; days: number; at: string }
  | { in: "all-day"; days: number };

export type FeaturedLead = {
  lead: Lead;
  task: { title: string; due: Due } | null;
  /** The story is told for it by hand. */
  byHand: boolean;
};

const today = (minutes: number): Due => ({ in: "minutes", minutes });
const inDays = (days: number, at: string): Due => ({ in: "days", days, at });
const late = (days: number): Due => ({ in: "all-day", days: -days });

const minutesADay = 1440;
const hours = (count: number) => count * 60;
const days = (count: number) => count * minutesADay;

type Row = {
  name: string;
  company: string;
  title: string;
  city: string;
  stage: string;
  score: number;
  /** Minutes since somebody talked to them; null = not yet. */
  quietMin: number | null;
  task: [string, Due] | null;
  ownerId: UserId;
  phone: string;
  custom: Lead["custom"];
  notes?: string;
};

/** The leads of the pictures that the desk is designed by, in their order. */
export function featuredLeads(calendar: Calendar): FeaturedLead[] {
  return rows(calendar).map((row, index) => ({
    lead: toLead(row, index, calendar),
    task: row.task && { title: row.task[0], due: row.task[1] },
    byHand: row.name === "Maria Kowalski",
  }));
}

function toLead(row: Row, index: number, calendar: Calendar): Lead {
  const { quietMin, task: _task, notes = "", ...fields } = row;
  const createdMs = calendar.nowMs - ((quietMin ?? 0) + days(3 + index * 2)) * 60_000;
  const lastContactAt = quietMin === null ? null : calendar.minutesAgo(quietMin);
  const [given = "", family = ""] = asAddress(row.name);
  return {
    id: recordIdAt(createdMs, rollDice(index + 1)),
    rev: 1,
    createdAt: toInstant(createdMs),
    updatedAt: lastContactAt ?? toInstant(createdMs),
    kept: [],
    phoneSecond: "",
    email: `${given}.${family.slice(0, 1)}@${asAddress(row.company)[0]}.example`,
    timeZone: "",
    source: index % 3 === 0 ? "Referral" : "Website form",
    teamId: newBusiness,
    tags: [],
    notes,
    lastContactAt,
    doNotCall: false,
    importId: null,
    ...fields,
    ...(row.name === "Maria Kowalski" ? { source: "Expo Chicago, stand 14" } : {}),
  };
}

function asAddress(text: string): string[] {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z ]/gu, "")
    .split(" ");
}

function rows(calendar: Calendar): Row[] {
  const row = (
    [name, company, title, city]: [string, string, string, string],
    [stage, score, quietMin]: [string, number, number | null],
    task: Row["task"],
    [ownerId, phone]: [UserId, string],
    budget: number,
    more: Partial<Pick<Row, "custom" | "notes">> = {},
  ): Row => {
    const custom = { budget, headcount: Math.round(budget / 11_000), ...more.custom };
    return { name, company, title, city, stage, score, quietMin, task, ownerId, phone, ...more, custom };
  };
  const yesterday = minutesADay;
  // prettier-ignore
  return [
    row(["Samuel Adeyemi", "Tidewater Bank", "Chief Operating Officer", "New York"], ["won", 96, yesterday], ["Hand over to setup", inDays(2, "12:00")], [ana, "+12125550155"], 1_150_000),
    row(["Amara Nwosu", "Fennimore & Pryce LLP", "Managing Partner", "Washington"], ["offer", 93, yesterday], ["Review lease", today(114)], [ben, "+12025550163"], 920_000),
    row(["Wei Chen", "Kestrel Analytics", "Founder", "San Francisco"], ["tour", 91, hours(2)], ["Call back", today(9)], [ana, "+14155550182"], 640_000),
    row(["Caitlin O’Rourke", "Quarry Foods", "Head of Operations", "Boston"], ["offer", 90, hours(4)], ["Chase signature", today(159)], [ana, "+16175550143"], 510_000),
    row(["Dmitri Sokolov", "Juniper Robotics", "VP Finance", "San Francisco"], ["tour", 88, hours(1)], ["Confirm tour", inDays(1, "11:00")], [ana, "+14155550131"], 780_000),
    row(["Maria Kowalski", "Halden Logistics", "Head of Operations", "Chicago"], ["qualified", 87, 8], ["Ask about break clause", today(160)], [ana, "+13125550147"], 450_000, {
      custom: { headcount: 42, move_in: firstOfMonthIn(calendar, 104), lease_ends: calendar.day(133), preferred_area: ["West Loop", "Fulton Market"], parking: "6 spaces", decision: "Maria and CFO" },
      notes: "Likes the fourth floor. Price is the blocker: they pay parking on top of rent today, so compare all-in.\nCFO joins tomorrow.",
    }),
    row(["Marcus Tillman", "Everline Energy", "Director of Real Estate", "Denver"], ["tour", 86, days(1)], ["Parking question", inDays(7, "10:00")], [ana, "+13035550104"], 560_000),
    row(["Yuki Watanabe", "Corvid Games", "Chief of Staff", "Seattle"], ["tour", 85, days(1)], ["Second tour", inDays(5, "10:30")], [mei, "+12065550139"], 430_000),
    row(["Tobias Lindgren", "Brightwater Health", "Facilities Manager", "Boston"], ["qualified", 84, hours(3)], ["Send floor plans", today(39)], [ana, "+16175550119"], 390_000),
    row(["Rafael Duarte", "Stonebridge Legal", "Managing Partner", "New York"], ["qualified", 82, days(2)], ["Call back", inDays(6, "15:30")], [ana, "+12125550121"], 475_000),
    row(["Ines Moreau", "Aster Biologics", "People and Places Director", "Boston"], ["qualified", 81, hours(6)], ["Confirm headcount", inDays(2, "14:00")], [ana, "+16175550190"], 860_000),
    row(["Kwame Mensah", "Bluff & Harbor", "Founder", "Seattle"], ["qualified", 80, days(3)], ["Draft proposal", inDays(8, "14:45")], [ana, "+12065550150"], 310_000),
    row(["Hannah Whitcombe", "Marlowe Insurance", "Workplace Lead", "London"], ["qualified", 79, days(4)], ["E-mail comparison", inDays(2, "10:00")], [tom, "+442079460118"], 540_000),
    row(["Oliver Brandt", "Harrow Credit Union", "Chief Financial Officer", "Denver"], ["qualified", 77, days(3)], ["Budget check", inDays(6, "09:45")], [tom, "+13035550166"], 365_000),
    row(["Joaquín Herrera", "Solano Studio", "Founder", "Denver"], ["new", 72, null], ["First call", late(1)], [ana, "+13035550128"], 280_000),
    row(["Sofia Petridis", "Meridian Travel", "Office Manager", "San Francisco"], ["new", 69, null], ["First call", inDays(7, "11:30")], [mei, "+14155550197"], 320_000),
    row(["Priscilla Vandermeersch-Hollingsworth", "Oakline Architects", "Senior Vice President, Corporate Real Estate and Workplace Experience", "Seattle"], ["contacted", 66, days(2)], ["Call back", inDays(1, "09:30")], [priya, "+12065550174"], 295_000),
    row(["Leila Farahani", "Parkside Dental Group", "Office Manager", "Washington"], ["new", 63, null], ["First call", inDays(5, "11:15")], [ana, "+12025550108"], 260_000),
    row(["Noor Al-Sayed", "Lumen & Lane", "Executive Assistant to the CEO", "London"], ["contacted", 61, days(6)], ["Send case study", inDays(6, "13:00")], [priya, "+442079460182"], 410_000),
    row(["Aaliyah Jennings", "Foundry Coffee", "Regional Director", "Washington"], ["contacted", 59, days(7)], ["Call back", inDays(8, "10:00")], [priya, "+12025550133"], 270_000),
    row(["Grant Ellison", "Redfern Media", "VP Finance", "Chicago"], ["contacted", 58, days(5)], ["Call back", inDays(5, "09:00")], [ben, "+13125550112"], 305_000),
    row(["Elise Fontaine", "Cobalt Optics", "Chief of Staff", "Boston"], ["contacted", 57, days(9)], ["Call back", inDays(2, "09:15")], [ben, "+16175550168"], 330_000),
    row(["Ingrid Haugen", "Polar Freight", "Head of Operations", "Chicago"], ["contacted", 56, days(8)], ["Try mobile", inDays(7, "09:00")], [ben, "+13125550179"], 450_000),
    row(["Omar Haddad", "Bright Marina Group", "Managing Partner", "Atlanta"], ["contacted", 52, days(4)], ["Call back", inDays(3, "16:00")], [mei, "+14045550126"], 190_000),
  ];
}

function firstOfMonthIn(calendar: Calendar, daysAhead: number): string {
  return `${calendar.day(daysAhead).slice(0, 8)}01`;
}
