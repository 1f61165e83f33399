import { findArea, zonesOfRegion } from "./area-codes.ts";
import { findCity } from "./city-places.ts";
import type { Where } from "./dial-rules.ts";
import type { DialFacts } from "./dial-facts.ts";
import { identifyNumber, type CalledNumber } from "./identify-number.ts";

/** Where the called person may be: all of it has to be kept to. */
export type Whereabouts = {
  /** ISO 3166; empty = nowhere in particular. */
  country: string;
  /** ISO 3166-2. */
  regions: readonly string[];
  /** IANA; never empty. */
  zones: readonly string[];
  /** What a person should know about how this was found out. */
  notes: readonly string[];
};

/**
 * Where somebody is by what is known of them: a zone or region that somebody entered counts alone; otherwise the
 * number's area, and with it the city's, since people keep their numbers when they move.
 */
export function locatePerson(called: CalledNumber, lead: DialFacts["lead"]): Whereabouts {
  const byNumber = locateNumber(called);
  const known = lead?.region ? locateRegion(lead.region) : withCity(byNumber, lead?.city ?? "");
  if (!lead?.timeZone || !isZone(lead.timeZone)) return known;
  return { ...known, zones: [lead.timeZone], notes: [`By the lead's own time zone, ${lead.timeZone}.`] };
}

/**
 * Where we are in a call, for the law of its recording: where our own number belongs, and the office's country. A region
 * of that country takes its place: nobody has to guess at the region any more.
 *
 * @param country ISO 3166, where the office is
 * @param ours our number in the call; empty = unknown
 */
export function locateUs(country: string, ours: string): readonly Where[] {
  const number = identifyNumber(ours, country);
  if (!number.ok) return [country];
  const { country: numbers, regions } = locateNumber(number.value);
  if (numbers === country && regions.length > 0) return regions;
  const elsewhere = regions.length > 0 ? regions : [numbers];
  return [...new Set([country, ...elsewhere.filter((where) => where !== "")])];
}

/** Whether a rule holds for somebody there. */
export function holdsFor(
  where: Where,
  { country, regions }: Pick<Whereabouts, "country" | "regions">,
): boolean {
  return where === "*" || where === country || regions.includes(where);
}

function locateNumber({ areaCode, country }: CalledNumber): Whereabouts {
  const area = areaCode === "" ? undefined : findArea(areaCode);
  if (!area) return locateCountry(country);
  const several =
    area.zones.length > 1 ? [`Area code ${areaCode} has several clocks; all of them agree.`] : [];
  return { ...area, country: area.regions[0]?.slice(0, 2) ?? country, notes: several };
}

function locateCountry(country: string): Whereabouts {
  const zones = zonesOfCountry(country);
  if (zones.length === 0)
    return { country, regions: [], zones: ["UTC"], notes: ["Nobody knows where it rings."] };
  const several =
    zones.length > 1 ? ["The number does not tell where in the country; all its clocks agree."] : [];
  return { country, regions: [], zones, notes: several };
}

function locateRegion(region: string): Whereabouts {
  const country = region.slice(0, 2);
  const zones = zonesOfRegion(region);
  const notes = [`By the lead's own region, ${region}.`];
  return {
    country,
    regions: [region],
    zones: zones.length > 0 ? zones : locateCountry(country).zones,
    notes,
  };
}

function withCity(byNumber: Whereabouts, name: string): Whereabouts {
  const city = byNumber.country === "US" || byNumber.country === "CA" ? findCity(name) : undefined;
  if (!city || byNumber.regions.includes(city.region)) return byNumber;
  return {
    country: byNumber.country,
    regions: [...byNumber.regions, city.region],
    zones: [...new Set([...byNumber.zones, city.zone])],
    notes: [
      ...byNumber.notes,
      `${name.trim()} lies elsewhere than the number: the rules of both were kept to.`,
    ],
  };
}

/** ICU knows each country's zones; these it does not. */
const zonesIcuLacks: Readonly<Record<string, string>> = {
  AC: "Atlantic/St_Helena",
  TA: "Atlantic/St_Helena",
  XK: "Europe/Belgrade",
};

function zonesOfCountry(country: string): readonly string[] {
  const lacking = zonesIcuLacks[country];
  if (lacking) return [lacking];
  if (!/^[A-Z]{2}$/u.test(country)) return [];
  // Part of ECMA-402 and of every engine we run on, but not yet of the compiler's library.
  const locale = new Intl.Locale("und", { region: country }) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? [];
}

function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
