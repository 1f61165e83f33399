import type { CapRule, ConsentRule, DialRules, Range, Where, WindowRule } from "./dial-rules.ts";

/**
 * What a new tenant begins with, as we understood the sources named beside each rule in November 2026. A tool and no
 * legal advice: laws change, have exceptions and differ by what is sold to whom. Tenants edit their own copy.
 * @param offices where we are (`US-NY`, `DE`)
 */
export function defaultRules(offices: readonly Where[]): DialRules {
  return {
    windows: [...defaultWindows],
    holidays: [],
    caps: [...caps],
    minGapMinutes: 60,
    consent: [...consent],
    records: true,
    offices: [...offices],
  };
}

/** In which hours people may be dialled, by place. */
export const defaultWindows: readonly WindowRule[] = [
  allow("*", week("09:00-20:00", "09:00-20:00", ""), "closed", "our own rule where we know of none"),

  allow("US", daily("08:00-21:00"), "open", "47 CFR § 64.1200(c)(1), 16 CFR § 310.4(c)"),
  allow("US-AL", week("08:00-20:00", "08:00-20:00", ""), "closed", "Ala. Code § 8-19C-2"),
  allow("US-CT", daily("09:00-20:00"), "open", "Conn. Gen. Stat. § 42-288a"),
  allow("US-FL", daily("08:00-20:00"), "open", "Fla. Stat. § 501.616(6)(a)"),
  allow("US-KY", daily("10:00-21:00"), "open", "Ky. Rev. Stat. § 367.46955"),
  allow("US-LA", week("08:00-20:00", "08:00-20:00", ""), "closed", "La. Rev. Stat. § 45:844.31"),
  allow("US-MA", daily("08:00-20:00"), "open", "201 CMR 12.04"),
  allow("US-MD", daily("08:00-20:00"), "open", "Md. Code, Com. Law § 14-4504"),
  allow("US-MI", daily("09:00-21:00"), "open", "Mich. Comp. Laws § 445.111b"),
  allow("US-MN", daily("09:00-21:00"), "open", "Minn. Stat. § 325E.30"),
  allow("US-MS", week("08:00-20:00", "08:00-20:00", ""), "closed", "Miss. Code § 77-3-723"),
  allow("US-NM", daily("09:00-21:00"), "open", "N.M. Stat. § 57-12-22"),
  allow("US-NV", daily("09:00-20:00"), "open", "Nev. Admin. Code § 599B"),
  allow("US-OK", daily("08:00-20:00"), "open", "Okla. Stat. tit. 15 § 775C.4"),
  allow("US-PA", daily("08:00-21:00"), "closed", "73 Pa. Stat. § 2245.2"),
  allow("US-RI", week("09:00-18:00", "10:00-17:00", ""), "closed", "R.I. Gen. Laws § 5-61-3.6"),
  allow("US-SD", week("09:00-21:00", "09:00-21:00", ""), "open", "S.D. Codified Laws § 37-30A-3"),
  allow(
    "US-TX",
    week("09:00-21:00", "09:00-21:00", "12:00-21:00"),
    "open",
    "Tex. Bus. & Com. Code § 301.051",
  ),
  allow("US-UT", week("08:00-21:00", "08:00-21:00", ""), "closed", "Utah Code § 13-25a-103"),
  allow("US-WA", daily("08:00-20:00"), "open", "Wash. Rev. Code § 80.36.390"),
  allow("US-WY", daily("08:00-20:00"), "open", "Wyo. Stat. § 40-12-302"),

  allow(
    "CA",
    week("09:00-21:30", "10:00-18:00", "10:00-18:00"),
    "open",
    "CRTC Unsolicited Telecommunications Rules, part III",
  ),
  allow("GB", week("08:00-21:00", "09:00-20:00", ""), "closed", "custom; no statute names hours"),
  allow("IE", week("09:00-21:00", "09:00-20:00", ""), "closed", "custom; no statute names hours"),
  allow("DE", week("09:00-20:00", "09:00-18:00", ""), "closed", "custom; § 7 UWG asks for consent first"),
  allow(
    "AT",
    week("09:00-20:00", "09:00-18:00", ""),
    "closed",
    "custom; § 174 TKG 2021 asks for consent first",
  ),
  allow("FR", week("10:00-13:00 14:00-20:00", "", ""), "closed", "Décret n° 2022-1313"),
  allow("ES", week("09:00-21:00", "", ""), "closed", "Real Decreto Legislativo 1/2007, art. 96"),
  allow("IT", week("09:00-20:00", "10:00-19:00", ""), "closed", "AGCOM, delibera 197/23/CONS"),
  allow("NL", week("09:00-21:00", "10:00-16:00", ""), "closed", "Code Telemarketing"),
  allow(
    "AU",
    week("09:00-20:00", "09:00-17:00", ""),
    "closed",
    "Telecommunications (Telemarketing and Research Calls) Industry Standard 2017",
  ),
  allow("NZ", week("08:00-21:00", "09:00-20:00", ""), "closed", "custom; no statute names hours"),
  allow("IN", daily("10:00-21:00"), "open", "TRAI TCCCPR 2018"),
];

const caps: readonly CapRule[] = [
  { where: "*", max: 3, withinHours: 24, source: "our own rule: three dials a day" },
  { where: "*", max: 7, withinHours: 7 * 24, source: "our own rule: seven dials in seven days" },
  // Narrower places keep their line, so that a tenant who loosens the two above stays within it.
  { where: "US-FL", max: 3, withinHours: 24, source: "Fla. Stat. § 501.616(6)(b)" },
  { where: "US-MD", max: 3, withinHours: 24, source: "Md. Code, Com. Law § 14-4504" },
  { where: "US-OK", max: 3, withinHours: 24, source: "Okla. Stat. tit. 15 § 775C.4" },
  { where: "FR", max: 4, withinHours: 30 * 24, source: "Décret n° 2022-1313" },
];

const consent: readonly ConsentRule[] = [
  record("*", "inform", "our own rule where we know of none"),

  record("US", "one-party", "18 U.S.C. § 2511(2)(d)"),
  record("US-CA", "inform", "Cal. Penal Code § 632"),
  record("US-CT", "inform", "Conn. Gen. Stat. § 52-570d"),
  record("US-DE", "inform", "Del. Code tit. 11 § 1335"),
  record("US-FL", "inform", "Fla. Stat. § 934.03"),
  record("US-IL", "inform", "720 ILCS 5/14-2"),
  record("US-MA", "inform", "Mass. Gen. Laws ch. 272 § 99"),
  record("US-MD", "inform", "Md. Code, Cts. & Jud. Proc. § 10-402"),
  // Courts differ on whether a participant may record; saying it costs nothing.
  record("US-MI", "inform", "Mich. Comp. Laws § 750.539c"),
  record("US-MT", "inform", "Mont. Code § 45-8-213"),
  record("US-NH", "inform", "N.H. Rev. Stat. § 570-A:2"),
  record("US-NV", "inform", "Nev. Rev. Stat. § 200.620"),
  record("US-PA", "inform", "18 Pa. Cons. Stat. § 5704"),
  record("US-WA", "inform", "Wash. Rev. Code § 9.73.030"),
  record("US-PR", "inform", "P.R. Const. art. II § 10"),

  record("CA", "inform", "PIPEDA, Schedule 1"),
  record("GB", "inform", "UK GDPR art. 13; SI 2018/356"),
  record("IE", "inform", "GDPR art. 13"),
  record("FR", "inform", "Code pénal art. 226-1; GDPR art. 13"),
  record("ES", "inform", "LO 3/2018; GDPR art. 13"),
  record("IT", "inform", "GDPR art. 13"),
  record("NL", "inform", "GDPR art. 13"),
  record("DE", "ask", "§ 201 StGB"),
  record("AT", "ask", "§ 120 StGB"),
  record("CH", "ask", "Art. 179ter StGB"),
  record("AU", "inform", "Telecommunications (Interception and Access) Act 1979"),
  record("NZ", "inform", "Privacy Act 2020"),
];

function allow(where: string, days: Range[][], onHolidays: "open" | "closed", source: string): WindowRule {
  return { where, days, onHolidays, source };
}

function record(where: string, how: ConsentRule["consent"], source: string): ConsentRule {
  return { where, consent: how, source };
}

function week(weekday: string, saturday: string, sunday: string): Range[][] {
  return [weekday, weekday, weekday, weekday, weekday, saturday, sunday].map(parseDay);
}

function daily(hours: string): Range[][] {
  return week(hours, hours, hours);
}

/** `10:00-13:00 14:00-20:00`; empty = closed. */
function parseDay(text: string): Range[] {
  if (text === "") return [];
  return text.split(" ").map((range) => ({ from: range.slice(0, 5), to: range.slice(6) }));
}
