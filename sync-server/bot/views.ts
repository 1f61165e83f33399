import type { Conversation } from "../../shared/bot/conversation.ts";
import type { ChatPart, ChatState, PublicChat, PublicTurn } from "../../shared/bot/wire.ts";

/** What a visitor sees of their conversation: not why somebody was wanted, nor what was made of their words. */
export function viewOf(conversation: Conversation): PublicChat {
  return { state: stateOf(conversation), turns: turnsAfter(conversation, 0) };
}

export function stateOf({ phase, botName }: Conversation): ChatState {
  const names = {
    bot: botName,
    person: phase.name === "person" ? phase.agentName : "",
    waiting: "",
    ended: "",
  };
  return { phase: phase.name, with: names[phase.name] };
}

export function turnsAfter({ turns }: Conversation, after: number): PublicTurn[] {
  return turns.filter(({ seq }) => seq > after).map(({ seq, at, by, text }) => ({ seq, at, by, text }));
}

export function partsAfter(conversation: Conversation, after: number): ChatPart[] {
  const turns = turnsAfter(conversation, after).map((turn): ChatPart => ({ kind: "turn", turn }));
  return [...turns, { kind: "state", state: stateOf(conversation) }];
}
