import type { Battlecard, ChecklistItem, PlaybookRules, Trigger } from "../../../shared/entities/playbook.ts";
import { metricLabel, sayFigure } from "./metric-fields.tsx";
import { sayLength } from "./say-times.ts";

/** What differs between two versions in one place: lines that are gone, and lines that are new. */
export type Difference = { where: string; gone: string[]; come: string[] };

/** In the order in which the playbook shows its parts. Empty: they say the same. */
export function compareRules(before: PlaybookRules, after: PlaybookRules): Difference[] {
  return [
    difference("The playbook", aboutLines(before), aboutLines(after)),
    ...compareLists("Item", before.items, after.items),
    ...compareLists("Card", before.cards, after.cards),
    ...compareOrder(before.items, after.items),
    ...compareOrder(before.cards, after.cards),
  ].filter(({ gone, come }) => gone.length + come.length > 0);
}

type Entry = ChecklistItem | Battlecard;

function compareLists(what: string, before: readonly Entry[], after: readonly Entry[]): Difference[] {
  const keys = [...new Set([...after, ...before].map(({ key }) => key))];
  return keys.map((key) => {
    const [was, is] = [before, after].map((list) => list.find((one) => one.key === key));
    const name = is ?? was;
    const where = `${what} “${name ? nameOf(name) : key}”`;
    if (!was) return { where: `${where} is new`, gone: [], come: is ? entryLines(is) : [] };
    if (!is) return { where: `${where} is removed`, gone: entryLines(was), come: [] };
    return difference(where, entryLines(was), entryLines(is));
  });
}

function difference(where: string, before: readonly string[], after: readonly string[]): Difference {
  return {
    where,
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  };
}

function nameOf(entry: Entry): string {
  return "title" in entry ? entry.title : entry.label;
}

function entryLines(entry: Entry): string[] {
  const own =
    "title" in entry
      ? [
          entry.title,
          ...entry.lines.map((line, at) => `Line ${at + 1}: ${line}`),
          `At most once every ${sayLength(entry.everyMs)}`,
          `Stays for ${sayLength(entry.staysMs)}`,
        ]
      : [entry.label, ...(entry.hint === "" ? [] : [`Hint: ${entry.hint}`])];
  return [...own, ...entry.triggers.flatMap(triggerLines)];
}

function triggerLines(trigger: Trigger): string[] {
  const { fromMs, untilMs } = trigger;
  const times = [
    fromMs !== null && `not before ${sayLength(fromMs)}`,
    untilMs !== null && `not after ${sayLength(untilMs)}`,
  ].filter(Boolean);
  const when = times.length > 0 ? `, ${times.join(", ")}` : "";
  return conditionLines(trigger).map((line) => line + when);
}

function conditionLines(trigger: Trigger): string[] {
  switch (trigger.kind) {
    case "phrases":
      return [
        ...trigger.phrases.map(
          (phrase) => `${who(trigger.side)} says “${phrase}”, ${trigger.apart} words apart at most`,
        ),
        ...trigger.notNear.map((phrase) => `not near “${phrase}”`),
      ];
    case "pattern":
      return [`${who(trigger.side)} says what “${trigger.pattern}” finds`];
    case "meaning":
      return trigger.examples.map(
        (example) =>
          `${who(trigger.side)} means “${example}”, alike by ${Math.round(trigger.likeness * 100)} %`,
      );
    case "silence":
      return [`nobody speaks for ${sayLength(trigger.overMs)}`];
    case "metric":
      return [`${metricLabel(trigger.metric)} ${trigger.is} ${sayFigure(trigger.metric, trigger.value)}`];
  }
}

function who(side: "agent" | "customer" | "either"): string {
  return { agent: "the agent", customer: "the customer", either: "either side" }[side];
}

function aboutLines({ label, appliesTo, alarms }: PlaybookRules): string[] {
  const { directions, queues, callLists, teamIds } = appliesTo;
  return [
    `Called “${label}”`,
    ...Object.entries({ directions, queues, "call lists": callLists, teams: teamIds }).map(
      ([name, chosen]) => `For ${name}: ${chosen.length === 0 ? "any" : chosen.join(", ")}`,
    ),
    `Monologue over ${alarms.monologueMs === null ? "any length" : sayLength(alarms.monologueMs)}`,
    `Pace over ${alarms.paceWpm ?? "any"} words a minute`,
    `Quiet over ${alarms.deadAirMs === null ? "any length" : sayLength(alarms.deadAirMs)}`,
  ];
}

/** Of entries that both have. */
function compareOrder(before: readonly Entry[], after: readonly Entry[]): Difference[] {
  const shared = (from: readonly Entry[], other: readonly Entry[]): string =>
    from
      .filter(({ key }) => other.some((one) => one.key === key))
      .map(({ key }) => key)
      .join(", ");
  return [difference("Order", [shared(before, after)], [shared(after, before)])];
}
