import type { AgentLine } from "../../../../shared/calls/phone.ts";

const order = ["on-call", "busy", "wrap-up", "available", "break", "offline"] as const;

/** Whoever does something first, so that the board is read from across the room; of two alike who has for longer. */
export function orderPeople(people: readonly AgentLine[]): AgentLine[] {
  return people.toSorted(
    (a, b) => rank(a) - rank(b) || sinceMs(a) - sinceMs(b) || a.name.localeCompare(b.name),
  );
}

function rank({ callId, presence }: AgentLine): number {
  const at = order.findIndex((one) => one === (callId === null ? presence : "on-call"));
  return at === -1 ? order.length : at;
}

function sinceMs({ since, presence }: AgentLine): number {
  return since === null || presence === "offline" ? 0 : Date.parse(since);
}
