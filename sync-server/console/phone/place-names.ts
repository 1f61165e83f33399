import { getCountries } from "libphonenumber-js/min";
import type { Where } from "../../../shared/calls/compliance/dial-rules.ts";

const countryNames = new Intl.DisplayNames("en", { type: "region" });

/** Regions that a number's area code can tell; browsers know no names for them. */
const regionNames: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "US-AL Alabama|US-AK Alaska|US-AZ Arizona|US-AR Arkansas|US-CA California|US-CO Colorado|US-CT Connecticut",
    "US-DE Delaware|US-DC District of Columbia|US-FL Florida|US-GA Georgia|US-HI Hawaii|US-ID Idaho|US-IL Illinois",
    "US-IN Indiana|US-IA Iowa|US-KS Kansas|US-KY Kentucky|US-LA Louisiana|US-ME Maine|US-MD Maryland",
    "US-MA Massachusetts|US-MI Michigan|US-MN Minnesota|US-MS Mississippi|US-MO Missouri|US-MT Montana",
    "US-NE Nebraska|US-NV Nevada|US-NH New Hampshire|US-NJ New Jersey|US-NM New Mexico|US-NY New York",
    "US-NC North Carolina|US-ND North Dakota|US-OH Ohio|US-OK Oklahoma|US-OR Oregon|US-PA Pennsylvania",
    "US-RI Rhode Island|US-SC South Carolina|US-SD South Dakota|US-TN Tennessee|US-TX Texas|US-UT Utah",
    "US-VT Vermont|US-VA Virginia|US-WA Washington|US-WV West Virginia|US-WI Wisconsin|US-WY Wyoming",
    "US-PR Puerto Rico|US-VI U.S. Virgin Islands|US-GU Guam|US-MP Northern Mariana Islands|US-AS American Samoa",
    "CA-AB Alberta|CA-BC British Columbia|CA-MB Manitoba|CA-NB New Brunswick|CA-NL Newfoundland and Labrador",
    "CA-NS Nova Scotia|CA-PE Prince Edward Island|CA-ON Ontario|CA-QC Quebec|CA-SK Saskatchewan|CA-YT Yukon",
    "CA-NT Northwest Territories|CA-NU Nunavut",
  ]
    .flatMap((some) => some.split("|"))
    .map((one) => [one.slice(0, 5), one.slice(6)]),
);

/** "Florida", "Germany"; what has no name keeps its code. */
export function placeName(where: Where): string {
  if (where === "*") return "Everywhere else";
  return regionNames[where] ?? (where.includes("-") ? where : (countryNames.of(where) ?? where));
}

/** "US" beside a state's name; nothing beside a country's. */
export function countryOfPlace(where: Where): string {
  return where.includes("-") ? where.slice(0, 2) : "";
}

/** Every place that may have calling hours of its own, countries and then regions, each by name. */
export function everyPlace(): Where[] {
  const byName = (a: Where, b: Where) => placeName(a).localeCompare(placeName(b));
  return [...(getCountries() as string[]).toSorted(byName), ...Object.keys(regionNames).toSorted(byName)];
}
