import type { Dice } from "./random.ts";

/**
 * Numbers that ring nowhere. US: 555-0100 to 555-0199 of any area code, kept for fiction by the numbering plan.
 * UK: the ranges that Ofcom set aside for drama.
 */
export const usCities = [
  { city: "Chicago", areas: ["312", "773", "872"], timeZone: "America/Chicago" },
  { city: "New York", areas: ["212", "646", "917", "718"], timeZone: "America/New_York" },
  { city: "Boston", areas: ["617", "857"], timeZone: "America/New_York" },
  { city: "Washington", areas: ["202"], timeZone: "America/New_York" },
  { city: "San Francisco", areas: ["415", "628"], timeZone: "America/Los_Angeles" },
  { city: "Seattle", areas: ["206", "564"], timeZone: "America/Los_Angeles" },
  { city: "Denver", areas: ["303", "720"], timeZone: "America/Denver" },
  { city: "Austin", areas: ["512", "737"], timeZone: "America/Chicago" },
  { city: "Atlanta", areas: ["404", "678"], timeZone: "America/New_York" },
  { city: "Minneapolis", areas: ["612"], timeZone: "America/Chicago" },
] as const;

export const ukCities = [
  { city: "London", number: (dice: Dice) => `+44207946${digits(dice, 0, 999, 4)}` },
  { city: "Leeds", number: (dice: Dice) => `+44113496${digits(dice, 0, 999, 4)}` },
  { city: "Birmingham", number: (dice: Dice) => `+44121496${digits(dice, 0, 999, 4)}` },
  { city: "Edinburgh", number: (dice: Dice) => `+44131496${digits(dice, 0, 999, 4)}` },
  { city: "Manchester", number: (dice: Dice) => `+44161496${digits(dice, 0, 999, 4)}` },
  { city: "Cardiff", number: (dice: Dice) => `+442920180${digits(dice, 0, 999, 3)}` },
] as const;

export type Place = { city: string; timeZone: string; country: "US" | "GB"; phone: string; mobile: string };

/** Where somebody works, with an office number of that place and a second one. */
export function drawPlace(dice: Dice): Place {
  if (dice.chance(0.12)) {
    const { city, number } = dice.pick(ukCities);
    const mobile = `+447700900${digits(dice, 0, 999, 3)}`;
    return { city, timeZone: "Europe/London", country: "GB", phone: number(dice), mobile };
  }
  const { city, areas, timeZone } = dice.pick(usCities);
  return { city, timeZone, country: "US", phone: usNumber(dice, areas), mobile: usNumber(dice, areas) };
}

function usNumber(dice: Dice, areas: readonly string[]): string {
  return `+1${dice.pick(areas)}555${digits(dice, 100, 199, 4)}`;
}

function digits(dice: Dice, from: number, to: number, length: number): string {
  return String(dice.int(from, to)).padStart(length, "0");
}
