import { PhoneAccounts } from "../../admin/telephony/wire.ts";
import { People, Queues } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";

/** Whom a number can ring and which account it can belong to, for lists to choose from. */
export function useNames() {
  const people = useAnswer("/people", People).value?.people ?? [];
  const queues = useAnswer("/queues", Queues).value?.queues ?? [];
  const accounts = useAnswer("/telephony/accounts", PhoneAccounts).value?.accounts;
  return {
    accounts,
    accountChoices: (accounts ?? []).map(({ id, label }) => ({ value: id, label })),
    people: new Map<string, string>(people.map(({ userId, name }) => [userId, name])),
    queues: new Map(queues.map(({ key, label }) => [key, label])),
    labels: new Map(accounts?.map(({ id, label }) => [id, label])),
    rings: [
      { value: "", label: "The usual queue" },
      ...queues
        .filter(({ archived }) => !archived)
        .map(({ key, label }) => ({ value: `queue:${key}`, label: `Queue “${label}”` })),
      ...people
        .filter(({ active }) => active)
        .map(({ userId, name }) => ({ value: `person:${userId}`, label: `${name} alone` })),
    ],
  };
}

export type Names = ReturnType<typeof useNames>;
