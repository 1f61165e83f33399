import type { z } from "zod";
import type { Invitation as WireInvitation, Member as WireMember } from "../../admin/wire.ts";

export type Member = z.output<typeof WireMember>;
export type Invitation = z.output<typeof WireInvitation>;
export type NamedTeam = { id: string; name: string };

/** "Accounts, New business". A team that is gone is left out. */
export function teamNames(teamIds: readonly string[], teams: readonly NamedTeam[]): string {
  return teams
    .filter(({ id }) => teamIds.includes(id))
    .map(({ name }) => name)
    .join(", ");
}

/** What turns the teams `before` into `next`, done to a list that somebody else may have changed meanwhile. */
export function changeOfTeams<Id extends string>(before: readonly Id[], next: readonly Id[]) {
  const added = next.filter((id) => !before.includes(id));
  const taken = before.filter((id) => !next.includes(id));
  return (teamIds: readonly Id[]): Id[] => [
    ...new Set([...teamIds.filter((id) => !taken.includes(id)), ...added]),
  ];
}

/** Whose name, address or team contains every typed word, case and accents aside. */
export function findPeople(people: readonly Member[], teams: readonly NamedTeam[], typed: string): Member[] {
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  return people.filter((person) => {
    const text = plain(`${person.name} ${person.email} ${teamNames(person.teamIds, teams)}`);
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}
