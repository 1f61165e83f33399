import type { Feature } from "../../../shared/scoring/conversion/features.ts";
import type { Contact } from "./learner.ts";

/** Of each choice; with all other features a model is some 10 KB, which every desk receives every night. */
const mostValues = 15;

/**
 * Contacts of which only the commonest values of a choice are known. Sources are typed by people and brought along by
 * imports, as many as there are leads; each would be a weight, and every two weights have a covariance.
 */
export function keepCommonChoices<C extends Contact>(
  contacts: readonly C[],
  features: readonly Feature[],
): C[] {
  const choices = features.filter(({ kind }) => kind === "choice").map(({ name }) => name);
  const common = choices.map((name) => ({ name, values: commonValues(contacts, name) }));
  return contacts.map((contact) => {
    const rare = common.filter(({ name, values }) => !values.has(String(contact.facts[name])));
    return {
      ...contact,
      facts: { ...contact.facts, ...Object.fromEntries(rare.map(({ name }) => [name, null])) },
    };
  });
}

function commonValues(contacts: readonly Contact[], name: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { facts } of contacts) {
    const given = facts[name] ?? null;
    if (given !== null) counts.set(String(given), (counts.get(String(given)) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  return new Set(sorted.slice(0, mostValues).map(([value]) => value));
}
