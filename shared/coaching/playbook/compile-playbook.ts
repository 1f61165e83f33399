import type { z } from "zod";
import type { PlaybookRules, Trigger } from "../../entities/playbook.ts";
import { takeAllTurns } from "../../time/turns.ts";
import { stemsOfText } from "../text/stems.ts";
import type { Speaker } from "../utterance.ts";
import { compilePattern, type Pattern } from "./patterns.ts";

/** What fires: an item once in a call, a card again after `restMs`. */
export type Target = { target: "item" | "card"; key: string; restMs: number };

/** One trigger, and where it stands among those of its target. */
type Rule<K extends Trigger["kind"]> = Extract<z.output<typeof Trigger>, { kind: K }> & {
  of: Target;
  index: number;
};

export type PhraseRule = {
  of: Target;
  trigger: Rule<"phrases">;
  /** Which of the trigger's phrases. */
  phrase: number;
  stems: readonly string[];
  notNear: readonly (readonly string[])[];
};
export type PatternRule = { of: Target; trigger: Rule<"pattern">; pattern: Pattern };

export type CompiledPlaybook = {
  /** By speaker and last stem: a word that is none's last one costs a look into a map, however many phrases wait. */
  phrasesByLast: Record<Speaker, ReadonlyMap<string, readonly PhraseRule[]>>;
  patterns: Record<Speaker, readonly PatternRule[]>;
  silences: readonly Rule<"silence">[];
  metrics: readonly Rule<"metric">[];
  meanings: Record<Speaker, readonly Rule<"meaning">[]>;
  /** Stems from the first to the last of the longest match that there can be. */
  longestMatch: number;
};

/** Once for each playbook; a call then starts with {@link startMatching}. A pattern that does not compile is left out. */
export function compilePlaybook(playbook: PlaybookRules): CompiledPlaybook {
  return takeAllTurns(compileInTurns(playbook));
}

/** A few milliseconds of work. */
const phrasesATurn = 1_000;

/**
 * As {@link compilePlaybook}, with a pause after each thousand phrases and each pattern: the largest playbook takes a
 * second, and whoever compiles it has something else to do.
 */
export function* compileInTurns(playbook: PlaybookRules): Generator<void, CompiledPlaybook> {
  const rules = rulesOf(playbook);
  const phrasesByLast = yield* compilePhrases(rules.filter((rule) => isKind(rule, "phrases")));
  const patterns: PatternRule[] = [];
  for (const rule of rules.filter((one) => isKind(one, "pattern"))) {
    patterns.push(...patternRuleOf(rule));
    yield;
  }
  const meanings = rules.filter((rule) => isKind(rule, "meaning"));
  return {
    ...phrasesByLast,
    patterns: bySpeaker((speaker) => patterns.filter((rule) => hears(rule.trigger, speaker))),
    silences: rules.filter((rule) => isKind(rule, "silence")),
    metrics: rules.filter((rule) => isKind(rule, "metric")),
    meanings: bySpeaker((speaker) => meanings.filter((rule) => hears(rule, speaker))),
  };
}

function* compilePhrases(
  triggers: readonly Rule<"phrases">[],
): Generator<void, Pick<CompiledPlaybook, "phrasesByLast" | "longestMatch">> {
  const phrasesByLast = bySpeaker(() => new Map<string, PhraseRule[]>());
  let longestMatch = 1;
  let count = 0;
  for (const trigger of triggers) {
    const notNear = trigger.notNear.map(stemsOfText).filter(isSaid);
    for (const [phrase, text] of trigger.phrases.entries()) {
      const rule = { of: trigger.of, trigger, phrase, stems: stemsOfText(text), notNear };
      count += 1;
      if (count % phrasesATurn === 0) yield;
      if (!isSaid(rule.stems)) continue;
      longestMatch = Math.max(longestMatch, longestOf(rule));
      for (const speaker of ["agent", "customer"] as const)
        if (hears(trigger, speaker)) addByLast(phrasesByLast[speaker], rule);
    }
  }
  return { phrasesByLast, longestMatch };
}

function addByLast(byLast: Map<string, PhraseRule[]>, rule: PhraseRule): void {
  const last = rule.stems.at(-1) ?? "";
  const alike = byLast.get(last);
  if (alike) alike.push(rule);
  else byLast.set(last, [rule]);
}

type AnyRule = Trigger & { of: Target; index: number };

function rulesOf({ items, cards }: PlaybookRules): AnyRule[] {
  return [
    ...items.flatMap(({ key, triggers }) => of({ target: "item", key, restMs: Infinity }, triggers)),
    // While it is on the screen it need not come again.
    ...cards.flatMap(({ key, everyMs, staysMs, triggers }) =>
      of({ target: "card", key, restMs: Math.max(everyMs, staysMs) }, triggers),
    ),
  ];
}

function of(target: Target, triggers: readonly Trigger[]): AnyRule[] {
  return triggers.map((trigger, index) => ({ ...trigger, of: target, index }));
}

function isKind<K extends Trigger["kind"]>(rule: AnyRule, kind: K): rule is AnyRule & Rule<K> {
  return rule.kind === kind;
}

function isSaid(stems: readonly string[]): boolean {
  return stems.length > 0;
}

function patternRuleOf(trigger: Rule<"pattern">): PatternRule[] {
  const pattern = compilePattern(trigger.pattern);
  return pattern.ok ? [{ of: trigger.of, trigger, pattern: pattern.value }] : [];
}

function hears({ side }: { side: "agent" | "customer" | "either" }, speaker: Speaker): boolean {
  return side === "either" || side === speaker;
}

function bySpeaker<T>(make: (speaker: Speaker) => T): Record<Speaker, T> {
  return { agent: make("agent"), customer: make("customer") };
}

function longestOf({ stems, trigger }: PhraseRule): number {
  return 1 + (stems.length - 1) * (trigger.apart + 1);
}
