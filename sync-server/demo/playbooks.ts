import { qualityScorecard, shippedPlaybooks } from "../../shared/coaching/shipped/shipped.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { listSettings } from "../../shared/entities/list-settings.ts";
import type { PlaybookRules } from "../../shared/entities/playbook.ts";
import { accountsTeam, grace } from "./people.ts";

/** Live since `at`, and a draft that Grace has begun: something to try against past calls. */
export function demoPlaybooks(at: Instant) {
  // The demo's teams know what their calls have: they need nothing to begin from.
  const own = shippedPlaybooks.filter(({ key }) => key !== "starter");
  const live = own.map(({ key, rules }) => ({ key, rules: forTeams(key, rules) }));
  const published = { version: 1, state: "live", publishedAt: at, publishedById: grace } as const;
  const begun = { version: 2, state: "draft", publishedAt: null, publishedById: null } as const;
  const versions = live.flatMap(({ key, rules }, order) => [
    { key, order, ...rules, ...published },
    ...(key === "discovery" ? [{ key, order, ...withMorePhrases(rules), ...begun }] : []),
  ]);
  return [
    ...versions.map((one) => {
      const id = `playbook:${one.key}:${one.version}` as RecordId;
      return { id, kind: "playbook" as const, archived: false, ...one };
    }),
    ...listSettings("scorecard", [qualityScorecard]),
  ];
}

/** Accounts look after people who sit in an office already; everybody else looks for one. */
function forTeams(key: string, rules: PlaybookRules): PlaybookRules {
  if (key === "discovery") return rules;
  return { ...rules, appliesTo: { ...rules.appliesTo, teamIds: [accountsTeam] } };
}

function withMorePhrases(rules: PlaybookRules): PlaybookRules {
  const cards = rules.cards.map((card) => {
    if (card.key !== "price-against-lease") return card;
    const triggers = card.triggers.map((trigger) =>
      trigger.kind === "phrases"
        ? { ...trigger, phrases: [...trigger.phrases, "that hurts", "cheaper where we are"] }
        : trigger,
    );
    return { ...card, triggers };
  });
  return { ...rules, cards };
}
