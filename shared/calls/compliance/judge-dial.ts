import { brokenCaps, gapUntil } from "./caps.ts";
import { closuresAt, nextOpening, rulesFor, type Hours } from "./calling-window.ts";
import type { DialFacts } from "./dial-facts.ts";
import type { DialRules } from "./dial-rules.ts";
import { blockCodes, type DialBlock, type DialVerdict } from "./dial-verdict.ts";
import { identifyNumber, type CalledNumber } from "./identify-number.ts";
import { holdsFor, locatePerson, type Whereabouts } from "./locate-person.ts";
import { announcementFor } from "./recording-consent.ts";
import { sayClosed, sayListed, sayTooMany, sayTooSoon } from "./say-why.ts";
import { isEmergencyNumber, isShortNumber, withoutMarks } from "./short-numbers.ts";

/**
 * Whether somebody may be dialled now, by the tenant's rules: a tool, and no legal advice.
 * Answers what has to be announced, or every reason against it, the strongest first, and the first whole minute at
 * which none of them is left.
 * @param nowMs milliseconds since the epoch
 */
export function judgeDial(facts: DialFacts, rules: DialRules, nowMs: number): DialVerdict {
  if (facts.how !== "campaign" && isEmergencyNumber(facts.number)) return allowEmergency(facts.number);
  if (isExtension(facts)) return judgeExtension(facts);
  const called = identifyNumber(facts.number, facts.country);
  if (!called.ok) return blockBy([called.error], null);
  const place = locatePerson(called.value, facts.lead);
  const hours = hoursOf(place, rules);
  const forGood = lastingReasons(called.value, facts);
  const forNow = passingReasons(facts, rules, hours, nowMs);
  const reasons = [...forGood, ...forNow];
  if (reasons.length > 0) return blockBy(reasons, firstFree(reasons, facts, rules, hours));
  const notes = [
    ...place.notes,
    ...(called.value.costs === "premium" ? ["Numbers of this kind cost extra."] : []),
  ];
  return { kind: "allowed", e164: called.value.e164, announce: announcementFor(place, rules), notes };
}

/** Nothing may stand between a person and help. A campaign has no business there. */
function allowEmergency(number: string): DialVerdict {
  const e164 = number.replaceAll(/[^+\d]/gu, "");
  const because = "Emergency calls are not kept waiting.";
  const notes = ["An emergency number. A telephone that knows where you are is the better choice."];
  return { kind: "allowed", e164, announce: { kind: "none", because }, notes };
}

/** Elsewhere the same digits are a service of the carrier's, which may cost anything. */
function isExtension({ number, atExchange, how }: DialFacts): boolean {
  return atExchange && how !== "campaign" && isShortNumber(number);
}

/**
 * Somebody inside of the company: hours and caps are about the public. Some plans have whole numbers as short, so who
 * asked not to be called at one is not called by its digits either.
 */
function judgeExtension({ number, lead, listed }: DialFacts): DialVerdict {
  const reasons = askedNot({ lead, listed });
  if (reasons.length > 0) return blockBy(reasons, null);
  const because = "The company's own exchange calls somebody inside.";
  return { kind: "allowed", e164: withoutMarks(number), announce: { kind: "none", because }, notes: [] };
}

/** They said so themselves, or stand in a list of those who did. */
function askedNot({ lead, listed }: Pick<DialFacts, "lead" | "listed">): DialBlock[] {
  const reasons: DialBlock[] = [];
  const because = (code: DialBlock["code"], sentence: string) =>
    reasons.push({ code, sentence, untilMs: null });
  if (lead?.doNotCall) because("lead-do-not-call", "This lead asked not to be called.");
  if (listed) because("number-do-not-call", sayListed(listed));
  return reasons;
}

function blockBy(reasons: readonly DialBlock[], untilMs: number | null): DialVerdict {
  const strongestFirst = reasons.toSorted((a, b) => rankOf(a) - rankOf(b));
  const [strongest] = strongestFirst;
  if (!strongest) throw new Error("blocked without a reason");
  return {
    kind: "blocked",
    code: strongest.code,
    sentence: strongest.sentence,
    untilMs,
    reasons: strongestFirst,
  };
}

function rankOf({ code }: DialBlock): number {
  return blockCodes.indexOf(code);
}

/** Reasons that time does not heal. */
function lastingReasons(
  called: CalledNumber,
  { how, lead, listed, attempts, maxAttempts }: DialFacts,
): DialBlock[] {
  const reasons: DialBlock[] = [];
  const because = (code: DialBlock["code"], sentence: string) =>
    reasons.push({ code, sentence, untilMs: null });
  if (how === "campaign" && called.costs === "premium")
    because("premium-number", "Numbers of this kind cost extra: campaigns do not dial them.");
  reasons.push(...askedNot({ lead, listed }));
  if (maxAttempts !== null && attempts >= maxAttempts)
    because("attempts-used-up", `All ${maxAttempts} attempts have been made.`);
  return reasons;
}

/** Reasons that are over at some moment. */
function passingReasons(facts: DialFacts, rules: DialRules, hours: Hours, atMs: number): DialBlock[] {
  // Nothing is sold to whoever helps with a call.
  if (facts.how === "into-a-call") return [];
  const dialsMs = facts.dials.map((at) => Date.parse(at));
  const caps = rules.caps.filter(({ where }) => holdsFor(where, hours.place));
  // Somebody who was cut off calls again at once; a machine does not.
  const gap = facts.how === "campaign" ? gapUntil(dialsMs, rules.minGapMinutes, atMs) : undefined;
  return [
    ...closedHours(hours, atMs),
    ...brokenCaps(caps, dialsMs, atMs).map(({ rule, untilMs }): DialBlock => ({
      code: "too-many-dials",
      sentence: sayTooMany(rule),
      untilMs,
    })),
    ...(gap === undefined
      ? []
      : [{ code: "too-soon", sentence: sayTooSoon(rules.minGapMinutes), untilMs: gap } as const]),
  ];
}

function closedHours(hours: Hours, atMs: number): DialBlock[] {
  const closures = closuresAt(hours, atMs);
  if (closures.length === 0) return [];
  // One moment for all of them: the first at which no rule forbids it in any zone.
  const untilMs = nextOpening(hours, atMs);
  return closures.map((closure) => ({
    code: untilMs === null ? "no-common-hours" : closure.why,
    sentence: sayClosed(closure, atMs, untilMs),
    untilMs,
  }));
}

/** Goes from the end of one reason to the next until none is left. */
function firstFree(
  reasons: readonly DialBlock[],
  facts: DialFacts,
  rules: DialRules,
  hours: Hours,
): number | null {
  let left = reasons;
  let atMs: number | null = null;
  while (left.length > 0) {
    if (left.some(({ untilMs }) => untilMs === null)) return null;
    atMs = left.reduce((latest, { untilMs }) => Math.max(latest, untilMs ?? 0), 0);
    left = passingReasons(facts, rules, hours, atMs);
  }
  return atMs;
}

function hoursOf(place: Whereabouts, rules: DialRules): Hours {
  return { place, rules: rulesFor(place, rules.windows), holidays: rules.holidays };
}
