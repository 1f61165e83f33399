import { expect, test } from "vitest";
import type { Message } from "../../../shared/entities/activity.ts";
import type { Chat } from "../../../shared/entities/insight.ts";
import { chatItem, messageItem, withMood } from "./timeline-items.ts";

test("a conversation with a visitor is one item with all that was said, and by whom", () => {
  const at = "2026-01-01T00:00:00.000Z";
  const turn = (seq: number, by: Chat["turns"][number]["by"], text: string) => ({
    seq,
    at,
    by,
    agentId: null,
    text,
  });
  const chat = {
    ...{ id: "chat:1", at, agentId: "ana", botName: "Ria", phase: "ended" },
    told: { name: "", email: "", phone: "", need: "", when: "" },
    turns: [turn(1, "bot", "Hello"), turn(2, "visitor", "Parking?"), turn(3, "person", "Awful: no space.")],
  } as unknown as Chat;
  expect(withMood(chatItem(chat, false))).toMatchObject({
    ...{ kind: "message", direction: "inbound", subject: "Chat on the website (Ria)", byId: "ana", at },
    text: "Ria: Hello\nVisitor: Parking?\nWe: Awful: no space.",
    // By what the visitor said alone.
    sentiment: "neutral",
  });
  const silent = { ...chat, turns: chat.turns.filter(({ by }) => by !== "visitor") };
  expect(withMood(chatItem(silent, false))).toHaveProperty("sentiment", "");
});

test("what they wrote has a mood; what was written to them, and what is empty, has none", () => {
  const cross = "I am furious. This is terrible, the worst service ever.";
  const mood = (fields: Partial<Message>) => {
    const message = { id: "m", at: "2026-01-01T00:00:00.000Z", byId: null, subject: "", ...fields };
    return withMood(messageItem(message as Message, false));
  };
  for (const channel of ["email", "sms"] as const) {
    expect(mood({ channel, direction: "inbound", text: cross })).toHaveProperty("sentiment", "very-negative");
    expect(mood({ channel, direction: "outbound", text: cross })).toHaveProperty("sentiment", "");
    expect(mood({ channel, direction: "inbound", text: " " })).toHaveProperty("sentiment", "");
  }
});
