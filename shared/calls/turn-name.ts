import type { CallState } from "./call.ts";

/**
 * What a desk's word names that its person has a call from a colleague: the how manieth to have it they are. It ends the
 * event's key, so a desk may say it again and it counts once, and for that time alone.
 */
export function turnName({ formerAgentIds }: Pick<CallState, "formerAgentIds">): string {
  return `turn-${formerAgentIds.length}`;
}

/** @returns the name of the turn that an event's key ends with; null = it names none */
export function turnNamed(key: string): string | null {
  return /:(turn-\d+)$/u.exec(key)?.[1] ?? null;
}
