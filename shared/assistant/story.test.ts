import { expect, test } from "vitest";
import { someStory, storyNow } from "../../testing/fakes/some-story.ts";
import type { Activity } from "../entities/activity.ts";
import { tellStory, withoutOthers } from "./story.ts";

test("without others a story keeps what we wrote and noted, and nothing that a customer said or wrote", () => {
  const written = { kind: "message", channel: "email", at: storyNow, subject: "" } as const;
  const story = someStory({
    messages: [
      { ...written, direction: "inbound", text: "Look at planted.example/pay" },
      { ...written, direction: "outbound", text: "Our plan is at ours.example/plan" },
    ] as never[],
    notes: [{ at: storyNow, text: "They want ours.example/garden" } as Activity],
    tickets: [{ title: "See planted.example/ticket", text: "", status: "open", priority: "normal" } as never],
    chats: [
      {
        ...{ at: storyNow, phase: "bot", outcome: "", told: { need: "planted.example/need", when: "" } },
        turns: [
          { by: "visitor", text: "planted.example/chat" },
          { by: "person", text: "ours.example/chat" },
        ],
      } as never,
    ],
  });
  expect(JSON.stringify(tellStory(story)).match(/(?:ours|planted).example/gu)).toHaveLength(7);
  const links = JSON.stringify(tellStory(withoutOthers(story))).match(/\w+\.example\/\w+/gu);
  expect(links?.toSorted()).toEqual(["ours.example/chat", "ours.example/garden", "ours.example/plan"]);
});
