import type { Playbook } from "../../entities/setting.ts";

/** What is known of a call when it begins; empty = it came through no queue, or is on no list. */
export type CallFacts = {
  direction: "inbound" | "outbound";
  queue: string;
  callList: string;
  teamId: string | null;
};

/**
 * The live playbook that is for a call; null = none is. Of several, the one that says most about which calls it is
 * for: the call list before the queue, then the team, then the direction; then the first in the tenant's order.
 */
export function choosePlaybook(playbooks: readonly Playbook[], call: CallFacts): Playbook | null {
  const fitting = playbooks.filter((playbook) => isLive(playbook) && isFor(playbook, call));
  const [best] = fitting.toSorted(
    (one, other) =>
      precisionOf(other) - precisionOf(one) || one.order - other.order || (one.id < other.id ? -1 : 1),
  );
  return best ?? null;
}

function isLive({ state, archived }: Playbook): boolean {
  return state === "live" && !archived;
}

function isFor({ appliesTo }: Playbook, { direction, queue, callList, teamId }: CallFacts): boolean {
  return (
    allows(appliesTo.directions, direction) &&
    allows(appliesTo.queues, queue) &&
    allows(appliesTo.callLists, callList) &&
    allows(appliesTo.teamIds, teamId)
  );
}

function allows<T>(wanted: readonly T[], given: T | null): boolean {
  return wanted.length === 0 || (given !== null && wanted.includes(given));
}

function precisionOf({ appliesTo: { callLists, queues, teamIds, directions } }: Playbook): number {
  const says = [directions, teamIds, queues, callLists].map((list) => (list.length > 0 ? 1 : 0));
  return says.reduce<number>((sum, one, at) => sum + one * 2 ** at, 0);
}
