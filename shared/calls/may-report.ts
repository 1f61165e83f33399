import type { CallState } from "./call.ts";
import type { CallEvent } from "./call-event.ts";

type Reporter = { userId: string; role: string };

/**
 * [CALL-3] May this person's device say this of a call? A device speaks for itself, about calls that its person is
 * in or could be in, and names nobody else as the one who called, picked up or passed.
 *
 * @returns null, or why not
 */
export function mayReport(
  actor: Reporter,
  events: readonly CallEvent[],
  current: Readonly<Record<string, unknown>> | null,
): string | null {
  if (events.some(({ source }) => !source.startsWith("device:"))) return "A device speaks only for itself.";
  if (
    events.some((event) => "agentId" in event && event.agentId !== null && event.agentId !== actor.userId)
  ) {
    return "Only their own desk can say what a colleague did.";
  }
  return current === null || isTheirs(actor, current) ? null : "This is somebody else's call.";
}

function isTheirs({ userId, role }: Reporter, current: Readonly<Record<string, unknown>>): boolean {
  const line = (current["line"] ?? null) as CallState | null;
  const agentId = current["agentId"] ?? null;
  if (agentId === null || agentId === userId || role !== "agent") return true;
  if (line === null) return false;
  const ringsAt = line.phase.phase === "ringing" ? line.phase.agentIds : [];
  const takesPart = line.parties.flatMap(({ target }) => (target.kind === "agent" ? [target.userId] : []));
  return [...line.formerAgentIds, ...ringsAt, ...takesPart].some((id) => id === userId);
}
