import type { ListedChat } from "../../../shared/rpc/contract/chats.ts";

/** What a visitor is called: whom we know them to be, what they call themselves, or how they can be reached. */
export function visitorName({ leadName, told }: Pick<ListedChat, "leadName" | "told">): string {
  return leadName || told.name || told.email || told.phone || "Visitor";
}

/** @param me whoever looks */
export function holderWords(
  { phase, agentId }: Pick<ListedChat, "phase" | "agentId">,
  me: string,
  nameOf: (userId: string | null) => string,
): string {
  if (phase === "waiting") return "Waiting";
  if (phase === "ended") return agentId === null ? "Nobody took it" : nameOf(agentId);
  return agentId === me ? "You" : nameOf(agentId);
}
