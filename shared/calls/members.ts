import type { Queue } from "../entities/setting.ts";

/** Who takes the calls of a queue, or works a call list. */
export type Members = Pick<Queue, "userIds" | "teamIds">;

/** Nobody and no team is named. */
export function isEverybodys({ userIds, teamIds }: Members): boolean {
  return userIds.length === 0 && teamIds.length === 0;
}

/** Named, of a team that is named, or of all where it is everybody's. */
export function belongsTo(
  members: Members,
  { userId, teamIds }: { userId: string; teamIds: readonly string[] },
): boolean {
  const isOneOf = (wanted: readonly string[], ids: readonly string[]) =>
    ids.some((id) => wanted.includes(id));
  return isEverybodys(members) || isOneOf(members.userIds, [userId]) || isOneOf(members.teamIds, teamIds);
}
