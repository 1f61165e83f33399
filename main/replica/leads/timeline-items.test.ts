import { expect, test } from "vitest";
import type { Chat } from "../../../shared/entities/insight.ts";
import { chatItem } from "./timeline-items.ts";

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
    turns: [turn(1, "bot", "Hello"), turn(2, "visitor", "Parking?"), turn(3, "person", "One space.")],
  } as unknown as Chat;
  expect(chatItem(chat, false)).toMatchObject({
    ...{ kind: "message", direction: "inbound", subject: "Chat on the website (Ria)", byId: "ana", at },
    text: "Ria: Hello\nVisitor: Parking?\nWe: One space.",
  });
});
